import { afterAll, beforeAll, expect, test } from 'vitest';
import { putInstance } from '@/e2e/harness/catalog';
import type { LictorUnderTest } from '@/e2e/harness/lictor-for';
import type { SpoilingProxy } from '@/e2e/harness/spoiling-proxy';
import { Stage } from '@/e2e/harness/stage';
import type { ConsulHttp } from '@/e2e/world/consul-http';
import { until } from '@/e2e/world/until';

/** Enough for it to pay. */
const SERVICES = Array.from({ length: 210 }, (_, n) => `quiet-${String(n).padStart(3, '0')}`);
/** A long wait, what Consul adds to it, and a busy machine. */
const PATIENT = { deadlineMs: 90_000, everyMs: 500 };

const stage = new Stage();
let consul: ConsulHttp;
let proxy: SpoilingProxy;
let direct: LictorUnderTest;
let behind: LictorUnderTest;

beforeAll(async () => {
  const world = await stage.bareWorld(1, { maxConnectionsPerClient: 2_000 });
  consul = world.consul('dc1');
  for (const service of SERVICES) await putInstance(consul, { node: 'edge-1', service, id: service });
  proxy = await stage.proxy(consul.address);
  proxy.cutsAfterMs = 30_000;
  direct = await stage.lictor(consul.address);
  behind = await stage.lictor(proxy.address);
  await Promise.all([direct.synced(), behind.synced()]);
});

afterAll(() => stage.clear());

const datacenter = async (lictor: LictorUnderTest) => (await lictor.system()).datacenters[0];
const readsPerSecond = async (lictor: LictorUnderTest) => (await datacenter(lictor))?.readsPerSecond ?? 0;

test('waits become longer where one was seen to stand, and cost Consul half as much; behind a proxy that cuts long answers they stay short, and nobody notices', async () => {
  const before = await readsPerSecond(direct);
  expect(before).toBeGreaterThan(SERVICES.length / 25);
  await until('waits to be longer', async () => (await readsPerSecond(direct)) < before * 0.65, PATIENT);
  await until('the proxy to have cut one', () => proxy.cut > 0, PATIENT);
  const { readsPerSecond: cost, freshness, problems } = (await datacenter(behind)) ?? {};
  expect({ cost, state: freshness?.state, problems }).toEqual({ cost: before, state: 'live', problems: [] });
  expect(proxy.cut).toBe(1);
}, 120_000);

test('what changes during a long wait is seen at once', async () => {
  const [service = ''] = SERVICES;
  await putInstance(consul, { node: 'edge-2', service, id: `${service}-2` });
  await until('the second instance', async () => {
    const body = await direct.get<{ instances: unknown[] }>(`/api/v1/services/dc1/${service}`);
    return body?.instances.length === 2;
  });
});
