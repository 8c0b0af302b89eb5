// Does a page keep anything of changes that are over? Two tabs on a real Consul that churns: the heap after 5 min against the heap after 30.
import { parseArgs } from 'node:util';
import { pageHeapBytes, workerHeapBytes } from '@/e2e/live/heap-size';
import { startWorld } from '@/e2e/world/start-world';
import { choosePort } from '@/scripts/demo/choose-port';
import { LictorProcess } from '@/scripts/demo/lictor-process';
import { churnChecks } from './measure/churn-checks';
import { launchChromium } from './measure/painted-page';
import { report } from './measure/table';

const MINUTE_MS = 60_000;
const MB = 1_000_000;
const CHANGES_PER_SECOND = 20;
const MOST_GROWTH = 1.1;
/** The first heap is taken after this part of the whole: 5 of 30 min. */
const FIRST_AT = 1 / 6;

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '30' } } });
const wholeMs = Number(values.minutes) * MINUTE_MS;
if (!(wholeMs > 0)) throw new Error('--minutes takes a number above 0.');

const world = await startWorld({ datacenters: 2, progress: (sentence) => console.log(sentence) });
const lictor = new LictorProcess(await choosePort(null), { CONSUL_HTTP_ADDR: world.datacenters[0]?.serverHttp ?? '' });
const browser = await launchChromium();
try {
  await lictor.ready();
  const churn = await churnChecks(world, {
    services: 20,
    instancesPerService: 5,
    changesPerSecond: CHANGES_PER_SECOND,
  });
  // Room for all rows: what changes is drawn. One context, so that the tabs share a worker as a user's do.
  const context = await browser.newContext({ viewport: { width: 1_440, height: 3_000 } });
  const tabs = { list: '/services', service: '/services/dc1/churn-1' };
  const pages = new Map<string, Awaited<ReturnType<typeof context.newPage>>>();
  for (const [name, path] of Object.entries(tabs)) {
    const page = await context.newPage();
    await page.goto(lictor.address + path);
    await page.waitForSelector('body[data-live="live"]');
    pages.set(name, page);
  }
  const heaps = async () => {
    const bytes: Record<string, number> = { worker: await workerHeapBytes(browser) };
    for (const [name, page] of pages) bytes[name] = await pageHeapBytes(page);
    console.log(`${new Date().toISOString()} ${churn.changes} changes, heap bytes ${JSON.stringify(bytes)}`);
    return bytes;
  };
  await churn.run(wholeMs * FIRST_AT);
  const first = await heaps();
  await churn.run(wholeMs * (1 - FIRST_AT));
  const last = await heaps();
  report(
    'heap',
    `MB after ${(wholeMs * FIRST_AT) / MINUTE_MS} and ${values.minutes} min of ${CHANGES_PER_SECOND} changes a second, and their ratio (bound)`,
    ['list', 'service', 'worker'].map((what) => ({
      what,
      values: {
        first: (first[what] ?? Number.NaN) / MB,
        last: (last[what] ?? Number.NaN) / MB,
        ratio: (last[what] ?? Number.NaN) / (first[what] ?? Number.NaN),
      },
      bounds: { ratio: MOST_GROWTH },
    })),
    { first, last, changes: churn.changes },
  );
} finally {
  await browser.close();
  await lictor.stop();
  await world.stop();
}
