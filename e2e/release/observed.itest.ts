import { afterAll, beforeAll, expect, test } from 'vitest';
import { Stage } from '@/e2e/harness/stage';
import { optedInAgents } from '@/e2e/world/opted-in-agents';
import { startWorld } from '@/e2e/world/start-world';
import { startTraffic, type Traffic } from '@/e2e/world/traffic/traffic';
import { until } from '@/e2e/world/until';
import type { SplitBody } from '@/lib/release/split-body';
import type { SplitClient } from './split-client';
import { writableSplits } from './writable';

const OLD = '3.1.4';
const NEW = '3.2.0';
/** A window of 10 s, the reading's pace and what a busy machine adds. */
const FOLLOW_MS = 30_000;
const RARELY_MS = 600_000;
const OFTEN_MS = 500;
/** A window, a minute, and a window again. */
const SLOW_TEST_MS = 150_000;
/** What the page promises. */
const A_MINUTE_MS = 60_000;

const stage = new Stage();
let traffic: Traffic;
let client: SplitClient;

beforeAll(async () => {
  const world = await startWorld({ datacenters: 1, dns: true });
  stage.atEnd(() => world.stop());
  traffic = await startTraffic(world, { datacenter: 'dc1', services: ['payment'] });
  const consul = world.consul('dc1').address;
  const lictor = await stage.lictor(consul, {
    LICTOR_CONFIG: await optedInAgents(world),
    LICTOR_PROMETHEUS_URL: `http://sre:not-to-be-shown@${new URL(traffic.prometheus.address).host}`,
  });
  client = await writableSplits(lictor, { dc: 'dc1', name: 'payment' });
});

afterAll(() => stage.clear());

async function read(): Promise<SplitBody> {
  return (await client.split('dc1', 'payment')).body;
}

/** Resolves with the split once as much of the traffic is seen at the new version, within two points. */
function observed(percent: number): Promise<SplitBody> {
  return until(
    `${percent}% to be observed`,
    async () => {
      const body = await read();
      if (body.observed === null) throw new Error(JSON.stringify(body.observation));
      if (Math.abs((body.observed[NEW] ?? 0) - percent) > 2) throw new Error(JSON.stringify(body.observed));
      return body;
    },
    { deadlineMs: FOLLOW_MS, everyMs: 250 },
  );
}

test('without a request there is nothing to observe, and it says so', async () => {
  const { status, body } = await client.move('dc1', 'payment', {
    mechanism: 'weights',
    shares: { [OLD]: 90, [NEW]: 10 },
  });
  expect(status, JSON.stringify(body)).toBe(200);
  const { observation } = await until('a reading without a request', async () => {
    const body = await read();
    if (!/counted no request/.test(JSON.stringify(body.observation))) throw new Error(JSON.stringify(body));
    return body;
  });
  expect(observation).toEqual({
    state: 'not-observed',
    reason: 'HAProxy counted no request to payment in the last 10 s.',
  });
});

test('real requests follow the wish, and Prometheus shows that they do', async () => {
  const load = traffic.load('payment', { ratePerSecond: 100, durationMs: 300_000 });
  const body = await observed(10);
  expect(body.declared).toEqual({ [OLD]: 90, [NEW]: 10 });
  expect(body.observation).toMatchObject({ state: 'observed', source: 'HAProxy', windowMs: 10_000 });
  await until('the verdict', async () => (await read()).verdict.state === 'settled');
  expect(load.counts()).toMatchObject({ failed: 0 });
});

test(
  "somebody sets HAProxy's weights at its own socket: 10 stays declared, 50 is observed, and that nothing moves is said",
  async () => {
    // What is set by hand would stand until the next answer of DNS alone.
    await traffic.resolveEvery(RARELY_MS);
    const weights = await traffic.weightsOf('payment');
    await traffic.haproxy.setWeight('payment', 'v3-2-0_1', weights['v3-1-4_1'] ?? Number.NaN);
    const body = await observed(50);
    expect(body.declared).toEqual({ [OLD]: 90, [NEW]: 10 });
    expect(body.wish).toEqual({ [OLD]: 90, [NEW]: 10 });
    expect(body.drift).toBeNull();
    const { verdict } = await until(
      'it to be said that nothing moves',
      async () => {
        const now = await read();
        return now.verdict.state === 'not-moving' && now;
      },
      { deadlineMs: A_MINUTE_MS, everyMs: 250 },
    );
    expect(verdict.reason).toMatch(
      /^Declared, but nothing moves: "3\.\d\.\d" is declared \d+ % and gets [\d.]+ %\. Weights move only/,
    );
    await traffic.resolveEvery(OFTEN_MS);
    await observed(10);
  },
  SLOW_TEST_MS,
);

test('Prometheus goes: nothing is observed, the reason is told without its password, and what is declared stays', async () => {
  await traffic.prometheus.kill();
  const body = await until('it to be noticed', async () => {
    const now = await read();
    return now.observation.state === 'not-observed' && now;
  });
  const { address } = traffic.prometheus;
  expect(body.observation).toEqual({
    state: 'not-observed',
    reason: `Prometheus at ${address} cannot be read (ECONNREFUSED): what real traffic does is not seen, and nothing else depends on it.`,
  });
  expect(body).toMatchObject({
    observed: null,
    declared: { [OLD]: 90, [NEW]: 10 },
    verdict: { state: 'not-observed' },
  });
  expect(JSON.stringify(body)).not.toContain('not-to-be-shown');
});
