import { setTimeout as sleep } from 'node:timers/promises';
import { restPercent } from '@/bench/measure/at-rest';
import { bareRead, type ConsulAt } from '@/bench/measure/bare-read';
import type { CatalogWriter } from '@/bench/measure/catalog-writer';
import { consulAt } from '@/bench/measure/large-world';
import { type MeasuredLictor, startMeasuredLictor } from '@/bench/measure/measured-lictor';
import { percentiles } from '@/bench/measure/percentiles';
import { mostResidentMb, residentMb } from '@/bench/measure/process-cost';
import type { Row } from '@/bench/measure/table';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import { loseNode } from './lost-node';
import { SideBySide } from './side-by-side';

const BARE_READS = 3;
/** As many at a time as read 50,000 instances fastest. */
const BARE_CONCURRENCY = 16;
const FLIPS = 200;
const SERVICES_TO_FLIP = 10;
const IDLE_MS = 60_000;
const SHORT_WAIT_MS = 27_000;
/** One has to stand for 45 s first. */
const LONG_WAITS = { deadlineMs: 180_000, everyMs: 1_000 };

/** A watch for each service: the first read, the cost at rest, flips, a lost node. Rest comes before what a hundred services that flap leave to do. */
export async function measureExact(
  world: World,
  writer: CatalogWriter,
  protocol: 'http/1.1' | 'h2',
  rows: Row[],
  details: Record<string, unknown>,
): Promise<void> {
  const consul = consulAt(world);
  console.log(`A bare read over ${protocol}, ${BARE_READS} times, then Lictor's`);
  const bareMs: number[] = [];
  for (let n = 0; n < BARE_READS; n += 1) bareMs.push(await bareRead(consul, protocol, BARE_CONCURRENCY));
  const bare = percentiles(bareMs).p50;
  const lictor = await startMeasuredLictor(environment(consul, protocol));
  try {
    const { datacenters, connections } = await lictor.system();
    const name = `${protocol}, ${datacenters[0]?.mode}`;
    rows.push(
      { what: `${name}: bare read of everything, ms`, values: { value: bare } },
      { what: `${name}: start of the process to ready, ms`, values: { value: lictor.readyMs } },
      {
        what: `${name}: start to ready, times the bare read`,
        values: { value: lictor.readyMs / bare },
        bounds: { value: 3 },
      },
      { what: `${name}: connections`, values: { value: connections.open }, bounds: { value: connections.budget } },
    );
    console.log(`At rest for ${IDLE_MS / 1_000} s, once its waits are long`);
    await longWaits(lictor);
    const idle = await restPercent(lictor, IDLE_MS);
    const lags = await flips(lictor, writer);
    rows.push({
      what: `${name}: flip at a stream client, ms`,
      values: percentiles(lags),
      bounds: { p50: 10, p99: 50 },
    });
    const lost = protocol === 'h2' ? null : await lostNode(lictor, writer, name, rows);
    rows.push(
      { what: `${name}: at rest, % of a core`, values: { value: idle }, bounds: { value: 3 } },
      {
        what: `${name}: resident memory, MB`,
        values: { value: residentMb(lictor.pid), max: mostResidentMb(lictor.pid) },
        bounds: { value: 450 },
      },
    );
    details[name] = { bareMs, readyMs: lictor.readyMs, lags, lost };
  } finally {
    await lictor.stop();
  }
}

/** Until as many reads a second are planned as waits of 45 s take. */
async function longWaits(lictor: MeasuredLictor): Promise<void> {
  const areLong = async () => {
    const { datacenters } = await lictor.system();
    return datacenters.every(({ watches, readsPerSecond }) => readsPerSecond < watches / 35);
  };
  await until('waits to be long', areLong, LONG_WAITS);
  // Those that stood then are short to their end.
  await sleep(SHORT_WAIT_MS);
}

function environment(consul: ConsulAt, protocol: 'http/1.1' | 'h2'): Record<string, string> {
  if (protocol === 'h2') return { CONSUL_HTTP_ADDR: consul.https, CONSUL_CACERT: consul.ca };
  return { CONSUL_HTTP_ADDR: consul.http };
}

async function flips(lictor: MeasuredLictor, writer: CatalogWriter): Promise<number[]> {
  console.log(`${FLIPS} flips`);
  const services = (await writer.services()).slice(0, SERVICES_TO_FLIP);
  const both = await SideBySide.open(lictor.address, writer.consul.address, services);
  try {
    const lags: number[] = [];
    const instances = (await Promise.all(services.map((service) => writer.instances(service)))).map(([one]) => one);
    for (let n = 0; n < FLIPS; n += 1) {
      const instance = instances[n % instances.length];
      if (instance === undefined) throw new Error('A service to flip has no instance.');
      const critical = Math.floor(n / instances.length) % 2 === 0;
      lags.push(await both.flip(writer, instance, critical ? 'critical' : 'passing'));
    }
    return lags;
  } finally {
    both.close();
  }
}

async function lostNode(lictor: MeasuredLictor, writer: CatalogWriter, name: string, rows: Row[]) {
  console.log('A node with 100 services is lost, ten times');
  const [first] = await writer.services();
  const [instance] = await writer.instances(first ?? '');
  if (instance === undefined) throw new Error('The first service has no instance.');
  const services = await writer.servicesOn(instance.node);
  const lost = await loseNode(lictor.address, writer, instance.node, services);
  rows.push(
    {
      what: `${name}: node with ${services.length} services lost, frames`,
      values: percentiles(lost.frames),
      bounds: { p50: 1 },
    },
    { what: `${name}: node lost, all at a stream client, ms`, values: percentiles(lost.streamMs) },
    {
      what: `${name}: node lost, all of it painted, ms`,
      values: percentiles(lost.paintedMs),
      bounds: { p50: 200, max: 200 },
    },
  );
  return lost;
}
