import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, CDPSession, Page } from '@playwright/test';
import type { Contender } from './contender';

/** What a page fetches. */
interface Traffic {
  /** As it came over the wire, compressed, with headers. */
  bytes: number;
  /** Requests for data that have no whole answer yet. */
  readonly underWay: Set<string>;
}

export interface Visit {
  readonly page: Page;
  readonly traffic: Traffic;
  /** From the start of the navigation until the first row was painted, ms, by the page's own clock; the bytes that had come when this was known. */
  readonly firstListMs: number;
  readonly firstListBytes: number;
  leave(): Promise<void>;
}

/** A new window of Chromium loads pages of its own (of its address bar) for about a second, in other processes: nobody types an address sooner. */
const WINDOW_SETTLES_MS = 2_000;

const PAINTED = 'rowPainted';

/** Opens a list as somebody does who was never there: nothing is cached. */
export async function visit(browser: Browser, contender: Contender, service: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const traffic = await watchTraffic(session);
  const painted = new Promise<number>((resolve) => {
    session.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === PAINTED) resolve(Number(payload));
    });
  });
  await session.send('Runtime.enable');
  // Not by Playwright's own waiting: the page would compile 330 KB of that in the midst of its load.
  await session.send('Runtime.addBinding', { name: PAINTED });
  await page.addInitScript(notePaintedRow(contender.row(service)));
  await wait(WINDOW_SETTLES_MS);
  await page.goto(contender.listUrl, { waitUntil: 'commit' });
  const firstListMs = await painted;
  return { page, traffic, firstListMs, firstListBytes: traffic.bytes, leave: () => context.close() };
}

/** In the page itself: asked from outside, a busy page answers later than it paints. A task posted from inside a frame runs once that is painted. */
const notePaintedRow = (selector: string): string => `{
  const look = () => {
    const row = document.querySelector(${JSON.stringify(selector)});
    if (!row || row.getClientRects().length === 0) return requestAnimationFrame(look);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => window.${PAINTED}(String(performance.now()));
    port2.postMessage(null);
  };
  requestAnimationFrame(look);
}`;

/** What may wait at a server for news. A worker's script is no such request, and a page is never told that it has come. */
const WAITING_TYPES: ReadonlySet<string | undefined> = new Set(['XHR', 'Fetch', 'EventSource']);

async function watchTraffic(session: CDPSession): Promise<Traffic> {
  const traffic: Traffic = { bytes: 0, underWay: new Set() };
  session.on('Network.requestWillBeSent', ({ requestId, type }) => {
    if (WAITING_TYPES.has(type)) traffic.underWay.add(requestId);
  });
  session.on('Network.dataReceived', ({ encodedDataLength }) => {
    traffic.bytes += encodedDataLength;
  });
  session.on('Network.responseReceived', ({ response }) => {
    // Headers; the body's bytes come by themselves.
    traffic.bytes += response.encodedDataLength;
  });
  for (const end of ['Network.loadingFinished', 'Network.loadingFailed'] as const) {
    session.on(end, ({ requestId }) => traffic.underWay.delete(requestId));
  }
  await session.send('Network.enable');
  return traffic;
}
