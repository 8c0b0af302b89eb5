// The picture of who depends on whom, in Chromium, on services that stand in the catalog alone: from the click to the picture, its layout, its frames, and a flip.
// Arguments: numbers of services, all three without any.
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from '@playwright/test';
import { startWorld } from '@/e2e/world/start-world';
import { until } from '@/e2e/world/until';
import type { TopologyBody } from '@/lib/topology/topology-body';
import { bareBlockingQuery } from './measure/bare-query';
import { startMeasuredLictor } from './measure/measured-lictor';
import { launchChromium, watchPainted } from './measure/painted-page';
import { percentiles } from './measure/percentiles';
import { type Row, report } from './measure/table';
import { declaredName, flipDeclared, registerDeclared } from './topology/declared-fleet';
import { drawn, framesDuring, watchedPage } from './topology/watched-picture';

const DC = 'dc1';
const VISITS = 5;
const FLIPS = 40;
/** Between flips, so that one does not wait for what the one before set going. */
const REST_MS = 300;
const FLIPPED_AT_ONCE = 30;
const UPDATES = 6;
const DEADLINE_MS = 120_000;

/** Services and edges, what was registered before included. */
const SIZES = { few: [300, 600], many: [1_000, 3_000], most: [5_000, 9_000] } as const;
const asked = process.argv.slice(2);
const isAsked = ([services]: readonly [services: number, edges: number]) =>
  asked.length === 0 || asked.includes(String(services));

const world = await startWorld({
  ...{ datacenters: 1, clientsPerDatacenter: 0, shop: false, maxConnectionsPerClient: 12_000 },
  progress: (sentence) => console.log(sentence),
});
const stops: (() => unknown)[] = [() => world.stop()];
const rows: Row[] = [];
const details: Record<string, unknown> = {};
try {
  const consul = world.consul(DC);
  const lictor = await startMeasuredLictor({ CONSUL_HTTP_ADDR: consul.address });
  stops.push(() => lictor.stop());
  const browser = await launchChromium();
  stops.push(() => browser.close());

  let known: readonly [services: number, edges: number] = [0, 0];
  const grow = async (size: readonly [services: number, edges: number]) => {
    console.log(`${size[0]} services, ${size[1]} edges`);
    await registerDeclared(consul, { from: known[0], to: size[0], edges: size[1] - known[1] });
    known = size;
    await until(
      'Lictor to know all of them',
      async () => {
        const body = (await (await fetch(`${lictor.address}/api/v1/topology`)).json()) as TopologyBody;
        return body.nodes.length >= size[0] && body.edges.length >= size[1];
      },
      { deadlineMs: DEADLINE_MS, everyMs: 500 },
    );
  };

  if (isAsked(SIZES.few)) {
    await grow(SIZES.few);
    const few = await clicks(browser, lictor.address, VISITS);
    rows.push({
      what: '300: click to drawn, ms',
      values: percentiles(few.drawnMs),
      bounds: { p50: 1_500, max: 1_500 },
    });
    const toColour = await flips(browser, lictor.address, consul.address);
    rows.push({
      what: '300: flip to colour after the bare wake, ms',
      values: percentiles(toColour),
      bounds: { p50: 100 },
    });
    Object.assign(details, { few, toColour });
  }
  if (isAsked(SIZES.many)) {
    await grow(SIZES.many);
    const many = await clicks(browser, lictor.address, VISITS);
    rows.push({ what: '1,000: click to drawn, ms', values: percentiles(many.drawnMs) });
    const frames = await framesOf(browser, lictor.address);
    for (const [what, values] of Object.entries(frames)) {
      rows.push({ what: `1,000: ${what}, ms a frame`, values: percentiles(values), bounds: { max: 70 } });
    }
    const all = await watchedPage(browser, `${lictor.address}/topology?open=rest%3A${DC}`);
    const whole = await drawn(all);
    await all.context().close();
    const layoutMs = Math.max(...whole.layoutsMs);
    rows.push({
      what: '1,000, all unfolded: laid out in the worker, ms',
      values: { max: layoutMs },
      bounds: { max: 5_000 },
    });
    rows.push({ what: 'the same: longest task meanwhile, ms', values: { max: whole.longestTaskMs } });
    Object.assign(details, { many, frames, whole });
  }
  if (isAsked(SIZES.most)) {
    await grow(SIZES.most);
    const most = await clicks(browser, lictor.address, VISITS);
    rows.push({ what: '5,000, grouped: click to drawn, ms', values: percentiles(most.drawnMs) });
    rows.push({ what: 'the same: longest task, ms', values: percentiles(most.tasksMs), bounds: { max: 200 } });
    Object.assign(details, { most });
  }
} finally {
  for (const stop of stops.reverse()) await stop();
}
report('topology', 'ms (bound)', rows, details);

/** From another page to the topology, by its link. */
async function clicks(browser: Browser, lictor: string, visits: number) {
  const drawnMs: number[] = [];
  const tasksMs: number[] = [];
  for (let visit = 0; visit < visits; visit += 1) {
    const page = await watchedPage(browser, `${lictor}/system`);
    await wait(1_000);
    await page.locator('a[href^="/topology"]').first().click();
    const seen = await drawn(page);
    drawnMs.push(seen.drawnMs);
    await wait(1_000);
    tasksMs.push((await drawn(page)).longestTaskMs);
    console.log(`drawn after ${seen.drawnMs.toFixed(0)} ms, longest task ${tasksMs.at(-1)?.toFixed(0)} ms`);
    await page.context().close();
  }
  return { drawnMs, tasksMs };
}

/** Of one service that is drawn, by a transaction of its check alone. */
async function flips(browser: Browser, lictor: string, consul: string): Promise<number[]> {
  const page = await watchedPage(browser, `${lictor}/topology`);
  await drawn(page);
  const index = await drawnIndex(page);
  const name = declaredName(index);
  let round: { status: string; bare?: number; painted?: number } = { status: 'passing' };
  const stop = bareBlockingQuery(consul, name, ([instance], atMs) => {
    if (instance?.status === round.status) round.bare ??= atMs;
  });
  const selector = `button[data-key="${DC}/${name}"]`;
  const status = `document.querySelector(${JSON.stringify(selector)})?.dataset.status`;
  await watchPainted(page, status, (painted, atMs) => {
    if (painted === round.status) round.painted ??= atMs;
  });
  const taken: number[] = [];
  for (let n = 0; n < FLIPS; n += 1) {
    const wanted = n % 2 === 0 ? 'critical' : 'passing';
    round = { status: wanted };
    await flipDeclared(world.consul(DC), [index], wanted);
    const seen = await until(`flip ${n + 1} to be painted`, () => {
      const { bare, painted } = round;
      return bare !== undefined && painted !== undefined && { bare, painted };
    });
    taken.push(seen.painted - seen.bare);
    await wait(REST_MS);
  }
  stop();
  await page.context().close();
  return taken;
}

async function drawnIndex(page: Page): Promise<number> {
  const key = await page.locator('.react-flow__node button[data-key]').first().getAttribute('data-key');
  return Number(/(\d+)$/.exec(key ?? '')?.[1]);
}

/** As it is drawn by default: dragged, zoomed, and while the services that are drawn flip, many at once. */
async function framesOf(browser: Browser, lictor: string): Promise<Record<string, number[]>> {
  const page = await watchedPage(browser, `${lictor}/topology`);
  await drawn(page);
  await wait(1_000);
  const [x, y] = [700, 500];
  const place = () => page.locator('.react-flow__viewport').getAttribute('style');
  const begun = await place();
  const pan = await framesDuring(page, async () => {
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (let step = 0; step < 60; step += 1) await page.mouse.move(x - 8 * (30 - Math.abs(30 - step)), y + 2 * step);
    await page.mouse.up();
  });
  const panned = await place();
  if (panned === begun) throw new Error('The picture was dragged and did not move.');
  const zoom = await framesDuring(page, async () => {
    for (let step = 0; step < 45; step += 1) {
      await page.mouse.wheel(0, step % 20 < 10 ? -60 : 60);
      await wait(16);
    }
  });
  if ((await place()) === panned) throw new Error('The picture was zoomed and did not change.');
  const keys = await page
    .locator('.react-flow__node button[data-key]')
    .evaluateAll((nodes, most) => nodes.slice(0, most).map((node) => node.getAttribute('data-key')), FLIPPED_AT_ONCE);
  const indexes = keys.map((key) => Number(/(\d+)$/.exec(key ?? '')?.[1]));
  const update = await framesDuring(page, async () => {
    for (let n = 0; n < UPDATES; n += 1) {
      await flipDeclared(world.consul(DC), indexes, n % 2 === 0 ? 'critical' : 'passing');
      await wait(1_000);
      const fallen = await page.locator('.react-flow__node button[data-status="critical"]').count();
      if (fallen !== (n % 2 === 0 ? indexes.length : 0)) throw new Error(`${fallen} services are shown as critical.`);
    }
  });
  await page.context().close();
  return { pan, zoom, [`${FLIPPED_AT_ONCE} nodes updated`]: update };
}
