// @vitest-environment jsdom
import { cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { exampleShop } from '@/lib/topology/example-topology';
import { ScriptedLive } from './fixtures/scripted-live';
import { usePastTopology } from './use-past-topology';

const AT_MS = Date.parse('2026-01-15T02:00:00Z');
const EVERY_MS = 400;

let scripted: ScriptedLive;
beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  scripted = new ScriptedLive();
});
afterEach(() => {
  cleanup();
  scripted.live.core.stop();
  vi.useRealTimers();
});

const hook = (atMs: number | null) =>
  renderHook(({ at }) => usePastTopology(at), { wrapper: scripted.wrapper, initialProps: { at: atMs } });
const asked = () => scripted.asks.map(({ path }) => decodeURIComponent(path));
const pass = () => scripted.run(() => void vi.advanceTimersByTime(EVERY_MS));

it('asks for a moment, and keeps what it has while the next one is read', async () => {
  const { result, rerender } = hook(AT_MS);
  expect(asked()).toEqual(['/lictor/api/v1/topology?at=2026-01-15T02:00:00Z']);
  expect(result.current).toBeUndefined();
  const body = exampleShop();
  await scripted.asks[0]?.answer(200, body);
  await vi.waitFor(() => expect(result.current?.nodes).toEqual(body.nodes));
  rerender({ at: AT_MS + 60_000 });
  await pass();
  expect(asked()).toHaveLength(2);
  expect(result.current?.nodes).toEqual(body.nodes);
});

it('while one is on its way asks for no other, and then for the newest alone', async () => {
  const { rerender } = hook(AT_MS);
  for (let step = 1; step <= 5; step += 1) {
    rerender({ at: AT_MS + step * 1_000 });
    await pass();
  }
  expect(asked()).toHaveLength(1);
  await scripted.asks[0]?.answer(200, exampleShop());
  await pass();
  await vi.waitFor(() => expect(asked()).toHaveLength(2));
  expect(asked()[1]).toContain('02:00:05Z');
});

it('asks nothing of the present', async () => {
  const { result } = hook(null);
  await pass();
  expect(asked()).toEqual([]);
  expect(result.current).toBeUndefined();
});
