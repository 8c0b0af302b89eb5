// @vitest-environment jsdom
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fleetBody, service } from './fixtures/bodies';
import { put, sendChange, sendHeartbeat, sendSnapshot } from './fixtures/scripted-core';
import { ScriptedLive } from './fixtures/scripted-live';
import { useAnswer } from './use-answer';

const PACE_MS = 2_000;
const isBody = (value: unknown): value is { value: number } =>
  typeof (value as { value?: unknown } | null)?.value === 'number';

let scripted: ScriptedLive;
beforeEach(() => {
  scripted = new ScriptedLive();
});
afterEach(() => {
  cleanup();
  scripted.live.core.stop();
});

interface Asked {
  path: string;
  about: string;
}

const ask = (initialProps: Asked) =>
  renderHook(({ path, about }: Asked) => useAnswer(path, isBody, { about, paceMs: PACE_MS }), {
    wrapper: scripted.wrapper,
    initialProps,
  });

const answer = async (status: number, body: unknown) => {
  await act(async () => {});
  const asked = scripted.asks.shift() ?? expect.fail('Nothing was asked for.');
  await asked.answer(status, body);
  return asked.path;
};

it('gives what the API answers, asked for under the path prefix', async () => {
  const { result } = ask({ path: '/api/v1/x?a=1', about: 'x' });
  expect(result.current.body).toBeUndefined();
  expect(await answer(200, { value: 1 })).toBe('/lictor/api/v1/x?a=1');
  expect(result.current).toMatchObject({ body: { value: 1 }, error: null });
});

it('keeps the last answer about the same thing while the next is on its way or fails, and never one about another', async () => {
  const { result, rerender } = ask({ path: '/api/v1/x?a=1', about: 'x' });
  await answer(200, { value: 1 });
  rerender({ path: '/api/v1/x?a=2', about: 'x' });
  expect(result.current.body).toEqual({ value: 1 });
  await answer(503, { title: 'Away', detail: 'The record is away.' });
  expect(result.current).toMatchObject({ body: { value: 1 }, error: 'The record is away.' });
  rerender({ path: '/api/v1/y', about: 'y' });
  expect(result.current.body).toBeUndefined();
});

it('says what is wrong with an answer that is not Lictor’s', async () => {
  const { result } = ask({ path: '/api/v1/x', about: 'x' });
  await answer(200, { value: 'many' });
  expect(result.current.error).toMatch(/^The answer to \/api\/v1\/x is not what Lictor's server sends/);
});

it('asks again after a change, at most at its pace, and once more after that', async () => {
  scripted.live.core.want('fleet');
  ask({ path: '/api/v1/x', about: 'x' });
  await scripted.connect();
  await scripted.run(() => sendSnapshot(scripted.tab.source, 'fleet', fleetBody({ seq: 1 }, [service('dc1/web')])));
  await answer(200, { value: 1 });
  const asksAfter = async (paces: number) => {
    const counts: number[] = [];
    for (const _ of Array.from({ length: paces })) {
      // A stream that is silent would be opened anew.
      await scripted.run(() => sendHeartbeat(scripted.tab.source, 1, scripted.tab.clock.wallMs()));
      await scripted.advance(PACE_MS);
      await act(async () => {});
      counts.push(scripted.asks.length);
      while (scripted.asks.length > 0) await answer(200, { value: 1 });
    }
    return counts;
  };
  await asksAfter(3);
  expect(await asksAfter(2)).toEqual([0, 0]);
  for (const seq of [2, 3, 4]) {
    await scripted.run(() =>
      sendChange(scripted.tab.source, 'fleet', seq, [put(service('dc1/web', 'critical'), 'passing')]),
    );
  }
  expect(await asksAfter(4)).toEqual([1, 1, 0, 0]);
});
