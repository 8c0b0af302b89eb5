// @vitest-environment jsdom
import { act, cleanup, render } from '@testing-library/react';
import { StrictMode } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { AT, EPOCH, fleetBody, service } from './fixtures/bodies';
import { sendSnapshot } from './fixtures/scripted-core';
import { ScriptedSource } from './fixtures/scripted-source';
import { LiveProvider } from './provider';

let sources: ScriptedSource[] = [];
const newest = () => sources.at(-1) ?? expect.fail('No stream was opened.');

beforeEach(() => {
  sources = [];
  vi.useFakeTimers({ now: Date.parse(AT), toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  const open = class extends ScriptedSource {
    constructor(url: string) {
      super(url);
      sources.push(this);
    }
  };
  vi.stubGlobal('EventSource', open);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const initial = { at: AT, topics: { fleet: fleetBody({ seq: 3 }, [service('dc1/web')]) } };
const page = (
  <StrictMode>
    <LiveProvider basePath="/ops" initial={initial}>
      <p>A page</p>
    </LiveProvider>
  </StrictMode>
);

it('a tab holds one stream, says on its body how it is, tries at once when it is looked at, and ends with the page', async () => {
  const { unmount } = render(page);
  expect(sources.filter((source) => !source.closed).map((source) => source.url)).toEqual([
    `/ops/api/v1/stream?topic=fleet%40${EPOCH}%3A3`,
  ]);
  expect(document.body.dataset.live).toBe('reconnecting');

  await act(async () => {
    newest().open();
    sendSnapshot(newest(), 'fleet', fleetBody({ seq: 3 }, [service('dc1/web')]));
  });
  expect(document.body.dataset.live).toBe('live');

  await act(() => vi.advanceTimersByTimeAsync(3_000));
  expect(document.body.dataset.live).toBe('reconnecting');
  const before = sources.length;
  document.dispatchEvent(new Event('visibilitychange'));
  expect(sources).toHaveLength(before + 1);

  unmount();
  expect(sources.filter((source) => !source.closed)).toEqual([]);
  window.dispatchEvent(new Event('online'));
  expect(sources).toHaveLength(before + 1);
});
