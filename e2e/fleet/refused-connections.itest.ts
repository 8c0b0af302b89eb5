import { afterAll, beforeAll, expect, test } from 'vitest';
import { HoggedConnections } from '@/e2e/harness/hogged-connections';
import type { LictorUnderTest } from '@/e2e/harness/lictor-for';
import { Stage } from '@/e2e/harness/stage';
import { untilSame } from '@/e2e/harness/until-same';
import { ConsulHttp } from '@/e2e/world/consul-http';
import { seededRandom } from '@/e2e/world/random';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import { CatalogOperations } from './catalog-operations';

const LIMIT = 100;
const SERVICES = 60;
const DEADLINE = { deadlineMs: 60_000 };

const stage = new Stage();
let world: World;
let consul: ConsulHttp;

beforeAll(async () => {
  world = await stage.bareWorld(1, { maxConnectionsPerClient: LIMIT });
  consul = world.consul('dc1');
  await fill(new CatalogOperations(consul, seededRandom(7)));
});

afterAll(() => stage.clear());

async function fill(catalog: CatalogOperations): Promise<void> {
  for (let n = 0; n < SERVICES; n += 1)
    await catalog.put({ node: `edge-${1 + (n % 2)}`, service: `s-${n}`, id: `s-${n}` });
}

const connections = async (lictor: LictorUnderTest) => (await lictor.system()).connections;

test('a Consul that freezes, or dies and comes back, closes every connection and lowers no budget', {
  timeout: 120_000,
}, async () => {
  const lictor = await stage.lictor(consul.address);
  await lictor.synced();
  expect(await connections(lictor)).toMatchObject({ budget: LIMIT / 2, fullBudget: LIMIT / 2, lowered: null });
  const state = async () => (await lictor.system()).datacenters[0]?.freshness.state;
  world.freeze('dc1');
  await until('it to be stale', async () => (await state()) !== 'live', DEADLINE);
  world.thaw('dc1');
  await until('it to be live again', async () => (await state()) === 'live', DEADLINE);
  const server = world.node('dc1-server-1');
  await server.kill();
  await server.start();
  await server.ready();
  await untilSame(lictor, consul.address, undefined, 60_000);
  expect(await connections(lictor)).toMatchObject({ budget: LIMIT / 2, lowered: null });
  await lictor.close();
});

test('where another program holds most of what Consul takes from this machine, Lictor takes fewer, says so, stays right, and takes more again later', {
  timeout: 180_000,
}, async () => {
  // What the test itself asks goes over one connection, which stands before there are too many: it is never refused.
  const { address } = await stage.proxy(consul.address, 1);
  const catalog = new CatalogOperations(new ConsulHttp(address), seededRandom(7));
  await fill(catalog);
  const hogged = await HoggedConnections.hold(consul.address, 60);
  const lictor = await stage.lictor(consul.address, { LICTOR_CONSUL_MAX_CONNECTIONS: '90' });
  const lowered = await until(
    'the budget to be lowered',
    async () => {
      const now = await connections(lictor);
      return now.lowered !== null && now;
    },
    DEADLINE,
  );
  expect(lowered.budget).toBeLessThanOrEqual(45);
  expect(lowered.fullBudget).toBe(90);
  expect(lowered.lowered).toContain(`takes ${lowered.budget} connections at most, of 90`);
  await catalog.act(20);
  await untilSame(lictor, address, undefined, 60_000);
  expect((await lictor.system()).datacenters[0]).toMatchObject({ mode: 'signals' });

  hogged.release();
  const least = (await connections(lictor)).budget;
  await until('it to grow again', async () => (await connections(lictor)).budget > least, DEADLINE);
  await catalog.act(20);
  await untilSame(lictor, address, undefined, 60_000);
});
