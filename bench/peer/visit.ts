import type { Browser, CDPSession, Page } from '@playwright/test';
import type { Contender } from './contender';

/** Counts what a page fetches. */
interface Traffic {
  /** As it came over the wire, compressed, with headers. */
  bytes: number;
  readonly underWay: Set<string>;
}

export interface Visit {
  readonly page: Page;
  readonly traffic: Traffic;
  /** From the navigation until the first row was there, ms; the bytes that had come by then. */
  readonly firstListMs: number;
  readonly firstListBytes: number;
  leave(): Promise<void>;
}

/** Opens a list as somebody does who was never there: nothing is cached. */
export async function visit(browser: Browser, contender: Contender, service: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const traffic = await watchTraffic(await context.newCDPSession(page));
  const startedAtMs = performance.now();
  await page.goto(contender.listUrl, { waitUntil: 'commit' });
  await page.waitForSelector(contender.row(service), { state: 'visible' });
  const firstListMs = performance.now() - startedAtMs;
  return { page, traffic, firstListMs, firstListBytes: traffic.bytes, leave: () => context.close() };
}

async function watchTraffic(session: CDPSession): Promise<Traffic> {
  const traffic: Traffic = { bytes: 0, underWay: new Set() };
  session.on('Network.requestWillBeSent', ({ requestId }) => traffic.underWay.add(requestId));
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
