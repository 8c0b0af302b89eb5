// @vitest-environment jsdom
import { cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { exampleSplit } from '@/lib/release/example-split';
import { splitsBody } from './fixtures/bodies';
import { put, removal, sendChange, sendSnapshot } from './fixtures/scripted-core';
import { ScriptedLive } from './fixtures/scripted-live';
import { useSplit } from './use-split';

const web = exampleSplit('dc1/web');
const api = exampleSplit('dc1/api');

let scripted: ScriptedLive;
beforeEach(() => {
  scripted = new ScriptedLive();
});
afterEach(() => {
  cleanup();
  scripted.live.core.stop();
});

it('follows the topic while it is mounted, and renders for its own service alone', async () => {
  let renders = 0;
  const { result } = renderHook(
    () => {
      renders += 1;
      return useSplit('dc1/web');
    },
    { wrapper: scripted.wrapper },
  );
  expect(result.current).toEqual({ split: undefined, isKnown: false });
  await scripted.connect();
  expect(scripted.tab.source.topics).toEqual(['splits']);
  await scripted.run(() => sendSnapshot(scripted.tab.source, 'splits', splitsBody({ seq: 10 }, [api, web])));
  expect(result.current).toEqual({ split: web, isKnown: true });
  const before = renders;
  const elsewhere = { ...api, index: 13 };
  await scripted.run(() => sendChange(scripted.tab.source, 'splits', 11, [put(elsewhere)]));
  expect(renders).toBe(before);
  const moved = { ...web, declared: { '1.4.2': 75, '1.5.0': 25 } };
  await scripted.run(() => sendChange(scripted.tab.source, 'splits', 12, [put(moved)]));
  expect(result.current.split).toEqual(moved);
  await scripted.run(() => sendChange(scripted.tab.source, 'splits', 13, [removal('dc1/web')]));
  expect(result.current).toEqual({ split: undefined, isKnown: true });
});
