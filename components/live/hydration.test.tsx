// @vitest-environment jsdom
import { act } from '@testing-library/react';
import { StrictMode } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { afterEach, expect, it } from 'vitest';
import { AT, fleetBody, service } from './fixtures/bodies';
import { put, sendChange, sendHeartbeat, sendSnapshot } from './fixtures/scripted-core';
import { ScriptedLive } from './fixtures/scripted-live';
import { LiveSeed } from './seed';
import { useConnection } from './use-connection';
import { useFleet } from './use-fleet';
import { useFreshness } from './use-freshness';
import { useNow } from './use-now';

const initial = { at: AT, topics: { fleet: fleetBody({ seq: 1 }, [service('dc1/web')]) } };

function Page() {
  const statuses = useFleet((body) => body.datacenters.flatMap((dc) => dc.services.map((entry) => entry.status)));
  const { lastContactMs } = useFreshness('dc1');
  return <p>{[statuses?.join(), useConnection().phase, lastContactMs, useNow(1_000) - Date.parse(AT)].join(' ')}</p>;
}

const inTab = (scripted: ScriptedLive) => (
  <StrictMode>
    <scripted.wrapper>
      <LiveSeed initial={initial} />
      <Page />
    </scripted.wrapper>
  </StrictMode>
);

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

it('a page is hydrated without a mismatch though its store has moved on, then shows the newest', async () => {
  const container = document.createElement('div');
  container.innerHTML = renderToString(inTab(new ScriptedLive()));
  expect(container.textContent).toBe('passing reconnecting 100 0');

  // The connection is older than this part of the page: a boundary that the server sent late.
  const browser = new ScriptedLive();
  browser.live.core.want('fleet');
  await browser.connect();
  const { source } = browser.tab;
  await browser.advance(4_000);
  sendSnapshot(source, 'fleet', fleetBody({ seq: 10 }, [service('dc1/web')]));
  sendChange(source, 'fleet', 11, [put(service('dc1/web', 'critical'), 'passing')]);
  sendHeartbeat(source, 11, browser.tab.clock.wallMs());
  browser.tab.frames.paint();

  const mismatches: unknown[] = [];
  await act(async () => {
    const root = hydrateRoot(container, inTab(browser), { onRecoverableError: (error) => mismatches.push(error) });
    ends.push(() => root.unmount());
  });
  expect(mismatches).toEqual([]);
  expect(container.textContent).toBe('critical live 200 4000');
});
