// What moving traffic costs, and how soon real traffic follows: a wish by Lictor's API beside the same writes done bare, 200 instances weighted anew, and
// HAProxy's real share behind Consul's DNS at 500 requests a second. No request may fail.
import { setTimeout as wait } from 'node:timers/promises';
import { startWorld } from '@/e2e/world/start-world';
import { startTraffic } from '@/e2e/world/traffic/traffic';
import { until } from '@/e2e/world/until';
import type { Mechanism } from '@/lib/release/mechanism';
import type { Shares, SplitBody } from '@/lib/release/split-body';
import { startMeasuredLictor } from './measure/measured-lictor';
import { percentiles } from './measure/percentiles';
import { type Row, report } from './measure/table';
import { bareKey, bareSplitter, bareWeights } from './traffic/bare-writes';
import { listInstances, openInstances } from './traffic/listed-instances';
import { type Answered, reachedMs } from './traffic/real-share';
import { SplitClient } from './traffic/split-client';

/** Nobody listens there, and nobody asks. */
let nextSilentPort = 30_000;
const DC = 'dc1';
const ROUNDS = 60;
const OLD = '1.0.0';
const NEW = '2.0.0';
const MANY = 200;
const RATE = 500;
const MOVES = [10, 25, 50, 75, 90, 100, 0];
const PARTS = ['costs', 'many', 'share'];
const SETTLE_MS = 8_000;
const LOAD_MS = 300_000;

const asked = process.argv.slice(2);
if (asked.some((part) => !PARTS.includes(part))) {
  throw new Error(`Usage: npm run bench -- traffic ${PARTS.map((part) => `[${part}]`).join(' ')}`);
}
const isAsked = (part: string) => asked.length === 0 || asked.includes(part);

const world = await startWorld({
  ...{ datacenters: 1, clientsPerDatacenter: 0, shop: false, dns: true },
  progress: (sentence) => console.log(sentence),
});
const consul = world.consul(DC);
const stops: (() => unknown)[] = [() => world.stop()];
try {
  for (const service of ['small', 'bare']) {
    await listInstances(consul, service, OLD, silentPorts(2));
    await listInstances(consul, service, NEW, silentPorts(2));
    await consul.put('/v1/config', { Kind: 'service-defaults', Name: service, Protocol: 'http' });
  }
  await listInstances(consul, 'many', OLD, silentPorts(MANY / 2));
  await listInstances(consul, 'many', NEW, silentPorts(MANY / 2));
  await openInstances(world, consul, 'real', { [OLD]: 4, [NEW]: 2 });
  const lictor = await startMeasuredLictor({ CONSUL_HTTP_ADDR: consul.address });
  stops.push(() => lictor.stop());

  const rows: Row[] = [];
  const details: Record<string, unknown> = {};
  if (isAsked('costs')) {
    await mirrorSplitter(lictor.address);
    rows.push(...(await costs(lictor.address, details)));
  }
  if (isAsked('many')) rows.push(...(await manyInstances(lictor.address)));
  if (isAsked('share')) rows.push(...(await realShare(lictor.address, details)));
  report('traffic', 'ms unless it says otherwise (bound)', rows, details);
} finally {
  for (const stop of stops.reverse()) await stop();
}

/** Lictor's first wish makes the entries; the bare ones are made after them. */
async function mirrorSplitter(lictor: string): Promise<void> {
  const split = new SplitClient(lictor, DC, 'small');
  await split.apply('mesh', shares(10), (await movable(split, 'mesh')).etag);
  for (const kind of ['service-resolver', 'service-splitter']) {
    const entry = await consul.get<Record<string, unknown>>(`/v1/config/${kind}/small`);
    await consul.put('/v1/config', { ...entry, Name: 'bare' });
  }
}

/** A wish and the same writes bare, in turns; what the wish takes longer is told pair by pair. */
async function costs(lictor: string, details: Record<string, unknown>): Promise<Row[]> {
  const bare: Record<Mechanism, (percent: number) => Promise<number>> = {
    mesh: (percent) => bareSplitter(consul, 'bare', [100 - percent, percent]),
    policy: (percent) => bareKey(consul, 'bench/policy', JSON.stringify(shares(percent))),
    weights: (percent) => bareWeights(consul, 'bare', (version) => 256 * (version === NEW ? percent : 100 - percent)),
  };
  const rows: Row[] = [];
  for (const mechanism of ['mesh', 'policy', 'weights'] as const) {
    console.log(`${ROUNDS} wishes by ${mechanism}, and as many times the same writes bare`);
    const split = new SplitClient(lictor, DC, 'small');
    const wishes: number[] = [];
    const writes: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const percent = 20 + (round % 2) * 30;
      writes.push(await bare[mechanism](percent));
      wishes.push(await split.apply(mechanism, shares(percent), (await split.read()).etag));
    }
    const more = wishes.map((wish, round) => wish - (writes[round] ?? 0));
    details[mechanism] = { wishes, writes };
    rows.push(
      { what: `${mechanism}: the writes bare`, values: percentiles(writes) },
      { what: `${mechanism}: from apply to written`, values: percentiles(wishes) },
      { what: `${mechanism}: more than bare`, values: percentiles(more), bounds: { p95: 30 } },
    );
  }
  return rows;
}

async function manyInstances(lictor: string): Promise<Row[]> {
  console.log(`${MANY} instances are weighted anew`);
  const split = new SplitClient(lictor, DC, 'many');
  const wishes: number[] = [];
  const writes: number[] = [];
  for (const percent of [10, 30, 70, 20, 60]) {
    writes.push(await bareWeights(consul, 'many', (version) => (version === NEW ? percent : 100 - percent)));
    await movable(split, 'weights');
    const before = await weightsOf('many');
    wishes.push(await split.apply('weights', shares(percent), (await split.read()).etag));
    const after = await weightsOf('many');
    const changed = [...after].filter(([id, weight]) => before.get(id) !== weight).length;
    if (changed !== MANY) throw new Error(`${changed} instances were weighted anew, and ${MANY} were to be.`);
  }
  return [
    { what: `${MANY} instances bare, 8 at a time`, values: percentiles(writes) },
    { what: `${MANY} instances weighted anew`, values: percentiles(wishes), bounds: { max: 2_000 } },
  ];
}

async function weightsOf(service: string): Promise<Map<string, number>> {
  const entries = await consul.get<{ ServiceID: string; ServiceWeights: { Passing: number } }[]>(
    `/v1/catalog/service/${service}`,
  );
  return new Map(entries.map(({ ServiceID, ServiceWeights }) => [ServiceID, ServiceWeights.Passing]));
}

async function realShare(lictor: string, details: Record<string, unknown>): Promise<Row[]> {
  console.log(`${RATE} requests a second through HAProxy`);
  const traffic = await startTraffic(world, { datacenter: DC, services: ['real'] });
  const answers: Answered[] = [];
  const load = traffic.load('real', {
    ...{ ratePerSecond: RATE, durationMs: LOAD_MS, mostInFlight: 128 },
    onAnswer: (version) => answers.push({ atMs: performance.now(), version }),
  });
  const split = new SplitClient(lictor, DC, 'real');
  const rows: Row[] = [];
  const reached: number[] = [];
  for (const percent of MOVES) {
    const { etag } = await split.read();
    const fromMs = performance.now();
    const appliedMs = await split.apply('weights', shares(percent), etag);
    await wait(SETTLE_MS);
    const untilMs = performance.now();
    const ms = reachedMs(answers, NEW, { percent, pointsOff: 1, fromMs, untilMs });
    reached.push(ms);
    console.log(`  ${percent}%: written after ${appliedMs.toFixed(0)} ms, there after ${ms.toFixed(0)} ms`);
    rows.push({ what: `from apply to a real share of ${percent}%`, values: { value: ms }, bounds: { value: 5_000 } });
  }
  await load.stop();
  const { failed, failures, skipped, byVersion } = load.counts();
  details.realShare = { reached, failures, byVersion };
  const sent = Object.values(byVersion).reduce((sum, count) => sum + count, 0);
  return [
    ...rows,
    { what: 'requests answered', values: { value: sent } },
    { what: 'requests failed', values: { value: failed }, bounds: { value: 0 } },
    { what: 'requests not sent, since too many were under way', values: { value: skipped }, bounds: { value: 0 } },
  ];
}

/** Resolves with what stands once Lictor would write by this mechanism. */
function movable(split: SplitClient, mechanism: Mechanism): Promise<SplitBody> {
  return until(`Lictor to be able to move it by ${mechanism}`, async () => {
    const body = await split.read();
    const state = body.mechanisms.find((one) => one.mechanism === mechanism);
    if (body.writeRefusal !== null) throw new Error(body.writeRefusal);
    if (state?.can !== true) throw new Error(state?.reason ?? 'it cannot');
    return body;
  });
}

function shares(percent: number): Shares {
  return { [OLD]: 100 - percent, [NEW]: percent };
}

function silentPorts(count: number): number[] {
  return Array.from({ length: count }, () => {
    nextSilentPort += 1;
    return nextSilentPort;
  });
}
