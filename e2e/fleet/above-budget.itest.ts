import { afterAll, beforeAll, expect, test } from 'vitest';
import { putInstance, putNodeCheck, removeInstance } from '@/e2e/harness/catalog';
import type { FollowedStream } from '@/e2e/harness/followed-stream';
import type { LictorUnderTest } from '@/e2e/harness/lictor-for';
import type { SpoilingProxy } from '@/e2e/harness/spoiling-proxy';
import { Stage } from '@/e2e/harness/stage';
import { untilSame } from '@/e2e/harness/until-same';
import type { ConsulHttp } from '@/e2e/world/consul-http';
import { seededRandom } from '@/e2e/world/random';
import { until } from '@/e2e/world/until';
import type { ServiceBody } from '@/lib/fleet/model';
import { CatalogOperations } from './catalog-operations';

const BUDGET = 30;
const SERVICES = Array.from({ length: 60 }, (_, n) => `cold-${String(n).padStart(2, '0')}`);
const TOPICS = ['fleet', 'nodes'];
/** More than the deadlines inside, so that what fails says what it waited for. */
const PATIENT = { timeout: 180_000 };

const stage = new Stage();
let consul: ConsulHttp;
let proxy: SpoilingProxy;
let lictor: LictorUnderTest;
let stream: FollowedStream;
let catalog: CatalogOperations;

beforeAll(async () => {
  const world = await stage.bareWorld(1);
  consul = world.consul('dc1');
  catalog = new CatalogOperations(consul, seededRandom(4));
  for (const service of SERVICES) {
    for (const n of [1, 2]) await catalog.put({ node: `edge-${n}`, service, id: `${service}-${n}` });
  }
  proxy = await stage.proxy(consul.address);
  lictor = await stage.lictor(proxy.address, { LICTOR_CONSUL_MAX_CONNECTIONS: String(BUDGET) });
  await lictor.synced();
  stream = await stage.follow(lictor, TOPICS);
});

afterAll(() => stage.clear());

const plan = async () => (await lictor.system()).datacenters[0];
async function same(): Promise<void> {
  await untilSame(lictor, consul.address, { stream, topics: TOPICS }, 45_000);
  // Whoever exchanges its watches has just closed some connections.
  await until('the connections to be within the budget', () => proxy.connections <= BUDGET);
}

test('more services than connections: the plan says which are watched, what the others cost and how late they may be', async () => {
  await same();
  const planned = await plan();
  expect(planned).toMatchObject({ mode: 'signals', services: SERVICES.length + 1, exactServices: 0, watches: 8 });
  // 61 services at 10 reads a second, and each of 5 waits once in 25 s.
  expect(planned?.readsPerSecond).toBeCloseTo(10.25, 0);
  expect(planned?.worstDelayMs).toBeGreaterThanOrEqual(6_100);
  expect(planned?.explanation).toContain('61 services');
});

test('falls and recoveries of services that nobody looks at come by the signals', PATIENT, async () => {
  for (const service of SERVICES.slice(0, 20)) {
    await putInstance(consul, { node: 'edge-1', service, id: `${service}-1`, status: 'critical', output: 'down' });
  }
  await putNodeCheck(consul, 'edge-2', 'warning', 'hot');
  await same();
  await putNodeCheck(consul, 'edge-2', 'passing');
  for (const service of SERVICES.slice(0, 20))
    await putInstance(consul, { node: 'edge-1', service, id: `${service}-1` });
  await same();
});

test(
  'what changed lately and what is followed has a waiting query of its own, as far as they fit',
  PATIENT,
  async () => {
    // Of the 22 connections that may wait 5 hold the signals, 3 the configuration, 1 the leader's key and 1 the wishes; the 20 that just changed are more than the rest.
    const exact = async () => (await plan())?.exactServices;
    await until('all places to be taken', async () => (await exact()) === BUDGET - 8 - 10, { deadlineMs: 60_000 });
    const followed = await stage.follow(lictor, ['service:dc1/cold-50']);
    await putInstance(consul, { node: 'edge-1', service: 'cold-50', id: 'cold-50-1', output: 'ok in 3 ms' });
    await untilSame(lictor, consul.address, { stream: followed, topics: ['service:dc1/cold-50'] }, 45_000);
    followed.reader.cut();
    expect(await exact()).toBe(BUDGET - 8 - 10);
  },
);

test(
  'what no signal names (weights, metadata, an output) comes by the wakes of the list and the sweep',
  PATIENT,
  async () => {
    await putInstance(consul, { node: 'edge-1', service: 'cold-51', id: 'cold-51-1', weight: 42 });
    await putInstance(consul, { node: 'edge-2', service: 'cold-52', id: 'cold-52-2', meta: { version: '9.9' } });
    await putInstance(consul, { node: 'edge-2', service: 'cold-53', id: 'cold-53-2', output: 'other words' });
    await until(
      'all three',
      async () => {
        const get = (name: string) => lictor.get<ServiceBody>(`/api/v1/services/dc1/${name}`);
        const text = JSON.stringify(await Promise.all(['cold-51', 'cold-52', 'cold-53'].map(get)));
        return ['"passing":42', '"9.9"', 'other words'].every((part) => text.includes(part));
      },
      { deadlineMs: 45_000 },
    );
    await removeInstance(consul, 'edge-1', 'cold-54-1');
    await removeInstance(consul, 'edge-1', 'cold-55-1');
    await removeInstance(consul, 'edge-2', 'cold-55-2');
    await putInstance(consul, { node: 'edge-2', service: 'newcomer' });
    await same();
  },
);

test(
  'while services change at random and others are looked at all the time, what is folded equals Consul at each pause',
  PATIENT,
  async () => {
    const random = seededRandom(20_260_101);
    const told: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const looks = catalog.pickServices(Math.floor(random() * 14)).map((name) => `service:dc1/${name}`);
      const followed = await stage.follow(lictor, [...new Set([...TOPICS, ...looks])]);
      told.push(`looks at ${looks.join(' ')}`, ...(await catalog.act(20)));
      await same().catch((error: Error) => {
        throw new Error(`${error.message}\nThe story:\n${told.join('\n')}`, { cause: error });
      });
      followed.reader.cut();
    }
  },
);

test('never many more connections than the budget, those included that were just closed', () => {
  expect(proxy.mostConnections).toBeLessThan(2 * BUDGET);
  expect(proxy.mostConnections).toBeGreaterThan(5);
});
