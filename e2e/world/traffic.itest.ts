import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAlive } from './process-alive';
import { startWorld } from './start-world';
import { answeredBetween, type Load } from './traffic/load';
import { startTraffic, type Traffic } from './traffic/traffic';
import { until } from './until';
import type { World } from './world';

let world: World;
let traffic: Traffic;
let load: Load;

beforeAll(async () => {
  world = await startWorld({ datacenters: 1, dns: true });
  traffic = await startTraffic(world, { datacenter: 'dc1', services: ['payment'] });
  load = traffic.load('payment', { ratePerSecond: 100, durationMs: 120_000 });
});

afterAll(async () => {
  await world?.stop();
});

function firstOf(version: string) {
  const instance = world.instances('payment').find((one) => one.version === version);
  if (instance === undefined) throw new Error(`No payment ${version}.`);
  return instance;
}

/** Versions that answer among the next 100 requests. */
async function answering(): Promise<string[]> {
  const before = load.counts();
  const answered = () => answeredBetween(before, load.counts());
  await until('100 answers', () => Object.values(answered()).reduce((sum, count) => sum + count, 0) >= 100);
  return Object.entries(answered())
    .filter(([, count]) => count > 0)
    .map(([version]) => version)
    .sort();
}

/** The versions that HAProxy sends requests to, by the names of its slots. */
async function followedNow(): Promise<string[]> {
  const slots = Object.keys(await traffic.weightsOf('payment'));
  return [...new Set(slots.map((slot) => slot.replace(/_\d+$/, '')))].sort();
}

async function followed(wanted: readonly string[]): Promise<void> {
  await until(`HAProxy to send requests to ${wanted.join(' and ')} alone`, async () => {
    return (await followedNow()).join() === wanted.join();
  });
}

test('requests reach both versions, the one that does worse answers errors, and Prometheus counts them by version', async () => {
  expect(await answering()).toEqual(['3.1.4', '3.2.0']);
  await until('an error of 3.2.0', () => (load.counts().errorsByVersion['3.2.0'] ?? 0) > 0);
  const seen = await until('Prometheus to have two samples', async () => {
    const counts = await traffic.prometheus.query(
      'sum by (server) (increase(haproxy_server_http_responses_total{proxy="payment"}[10s])) > 0',
      'server',
    );
    return counts.size >= 2 && counts;
  });
  expect([...seen.keys()].sort()).toEqual(['v3-1-4_1', 'v3-2-0_1']);
});

test('an instance in maintenance gets no request, and gets some again afterwards', async () => {
  const old = firstOf('3.1.4');
  await world.setMaintenance(old, 'disk is replaced');
  await followed(['v3-2-0']);
  expect(await answering()).toEqual(['3.2.0']);
  await world.setMaintenance(old, null);
  await followed(['v3-1-4', 'v3-2-0']);
  expect(await answering()).toEqual(['3.1.4', '3.2.0']);
});

test('HAProxy takes the weight of an instance out of Consul, a 256th of it', async () => {
  const canary = firstOf('3.2.0');
  const agent = world.node(canary.node).consul;
  const {
    Service,
    Kind: _,
    ContentHash: __,
    ...kept
  } = await agent.get<Record<string, unknown>>(`/v1/agent/service/${canary.id}`);
  const weights = { Passing: 9 * 256, Warning: 1 };
  await agent.put('/v1/agent/service/register', { ...kept, Name: Service, Weights: weights });
  await until('the weight at HAProxy', async () => (await traffic.weightsOf('payment'))['v3-2-0_1'] === 9);
});

test('a version that rolls out is taken in, and the old ones go', async () => {
  const fresh = () => followedNow().then((versions) => versions.includes('v3-3-0'));
  await world.deploy('payment', '3.3.0', { pause: () => until('HAProxy to know 3.3.0', fresh).then(() => undefined) });
  await followed(['v3-3-0']);
  expect(await answering()).toEqual(['3.3.0']);
});

test('no request has failed in all that', async () => {
  await load.stop();
  const { failed, failures, skipped } = load.counts();
  expect({ failed, failures, skipped }).toEqual({ failed: 0, failures: [], skipped: 0 });
});

test('the load bounds itself: so many at once, so long', async () => {
  const bounded = traffic.load('payment', { ratePerSecond: 1_000, mostInFlight: 1, durationMs: 300 });
  await until('all that is due to be sent or skipped', () => {
    const { byVersion, skipped, failed } = bounded.counts();
    return (byVersion['3.3.0'] ?? 0) + skipped + failed === 300;
  });
  expect(bounded.counts().skipped).toBeGreaterThan(0);
});

test('it ends with its world', async () => {
  const pids = [traffic.haproxy.pid, traffic.prometheus.pid].map(Number);
  expect(pids.filter(isAlive)).toEqual(pids);
  await world.stop();
  expect(pids.filter(isAlive)).toEqual([]);
});
