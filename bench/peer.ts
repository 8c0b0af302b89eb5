// Consul's own UI and Lictor on the same Consul, in the same Chromium, in turns: the list of 1,000 services and flips of the first of them.
import { setTimeout as wait } from 'node:timers/promises';
import { pageHeapBytes, workerHeapBytes } from '@/e2e/live/heap-size';
import { until } from '@/e2e/world/until';
import { CatalogWriter } from './measure/catalog-writer';
import { LARGE_DC, startLargeWorld } from './measure/large-world';
import { startMeasuredLictor } from './measure/measured-lictor';
import { preciseNow } from './measure/now';
import { launchChromium, watchPainted } from './measure/painted-page';
import { percentiles } from './measure/percentiles';
import { flipBytes } from './measure/stream-bytes';
import { report } from './measure/table';
import { type Contender, consulUi, lictorPage } from './peer/contender';
import { visit } from './peer/visit';

const VISITS = 5;
const FLIPS = 40;
/** Between flips, so that one does not wait for what the one before set going. */
const REST_MS = 300;
const SETTLE_MS = 5_000;
const DEADLINE_MS = 30_000;
const KB = 1_000;
const MB = 1_000_000;

const world = await startLargeWorld(4_000, { ui: true });
const stops: (() => unknown)[] = [() => world.stop()];
try {
  const consul = world.consul(LARGE_DC);
  const writer = new CatalogWriter(consul);
  const [service = ''] = (await writer.services()).sort();
  const [instance] = await writer.instances(service);
  if (instance === undefined) throw new Error(`${service} has no instance.`);
  const lictor = await startMeasuredLictor({ CONSUL_HTTP_ADDR: consul.address });
  stops.push(() => lictor.stop());
  const browser = await launchChromium();
  stops.push(() => browser.close());

  const consulsOwn = consulUi(consul.address, LARGE_DC);
  const lictors = lictorPage(lictor.address, LARGE_DC);
  const contenders = [consulsOwn, lictors];
  const lists = new Map(contenders.map(({ name }) => [name, { ms: [] as number[], bytes: [] as number[] }]));
  for (let turn = 0; turn < VISITS; turn += 1) {
    for (const contender of contenders) {
      const seen = await visit(browser, contender, service);
      lists.get(contender.name)?.ms.push(seen.firstListMs);
      lists.get(contender.name)?.bytes.push(seen.firstListBytes);
      await seen.leave();
      console.log(`${contender.name}: first list after ${seen.firstListMs.toFixed(0)} ms`);
    }
  }

  async function flips(contender: Contender, flipped = instance) {
    console.log(`${contender.name}: ${FLIPS} flips`);
    const { page, traffic, leave } = await visit(browser, contender, service);
    if (flipped === undefined) throw new Error(`${service} has no instance.`);
    let wanted: 'critical' | 'passing' = 'passing';
    let paintedAtMs: number | undefined;
    await watchPainted(page, contender.status(service), (status, atMs) => {
      if (status === wanted) paintedAtMs ??= atMs;
    });
    await wait(SETTLE_MS);
    const waiting = traffic.underWay.size;
    const bytesBefore = traffic.bytes;
    const toPainted: number[] = [];
    for (let n = 0; n < FLIPS; n += 1) {
      wanted = n % 2 === 0 ? 'critical' : 'passing';
      paintedAtMs = undefined;
      const startedAtMs = preciseNow();
      await writer.flip(flipped, wanted);
      toPainted.push(
        (await until('it to be painted', () => paintedAtMs, { deadlineMs: DEADLINE_MS, everyMs: 10 })) - startedAtMs,
      );
      await wait(REST_MS);
    }
    const bytes = (traffic.bytes - bytesBefore) / FLIPS;
    const heap = await pageHeapBytes(page);
    const workerHeap = contender.name === 'lictor' ? await workerHeapBytes(browser) : 0;
    await leave();
    return { waiting, toPainted, bytes, heap, workerHeap };
  }
  const peer = await flips(consulsOwn);
  const own = await flips(lictors);
  const streamBytes = await flipBytes(lictor.address, writer, instance, FLIPS);

  const list = (name: Contender['name']) => ({
    ms: percentiles(lists.get(name)?.ms ?? []),
    bytes: percentiles(lists.get(name)?.bytes ?? []),
  });
  const [peerList, ownList] = [list('consul ui'), list('lictor')];
  const painted = { peer: percentiles(peer.toPainted), own: percentiles(own.toPainted) };
  report(
    'peer',
    'value or percentiles (bound)',
    [
      { what: 'consul ui: first list, ms', values: peerList.ms },
      { what: 'lictor: first list, ms', values: ownList.ms },
      { what: 'lictor sooner, times', values: { p50: peerList.ms.p50 / ownList.ms.p50 }, least: { p50: 3 } },
      { what: 'consul ui: bytes of the first list, KB', values: { p50: peerList.bytes.p50 / KB } },
      { what: 'lictor: bytes of the first list, KB', values: { p50: ownList.bytes.p50 / KB }, bounds: { p50: 500 } },
      { what: 'consul ui: from before the write to painted, ms', values: painted.peer },
      { what: 'lictor: from before the write to painted, ms', values: painted.own },
      { what: 'lictor sooner, times', values: { p50: painted.peer.p50 / painted.own.p50 }, least: { p50: 8 } },
      { what: 'consul ui: bytes a flip', values: { value: peer.bytes } },
      { what: 'lictor: bytes a flip, topic fleet', values: { value: streamBytes }, bounds: { value: 700 } },
      { what: 'consul ui: requests that wait, a tab', values: { value: peer.waiting } },
      { what: 'lictor: requests that wait, a tab', values: { value: own.waiting }, bounds: { value: 0 } },
      { what: 'consul ui: heap, MB', values: { value: peer.heap / MB } },
      { what: 'lictor: heap, MB', values: { value: own.heap / MB } },
      { what: "lictor: heap of the browser's worker, MB", values: { value: own.workerHeap / MB } },
    ],
    { lists: Object.fromEntries(lists), peer, own },
  );
} finally {
  for (const stop of stops.reverse()) await stop();
}
