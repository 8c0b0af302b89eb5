import { afterAll, beforeAll, expect, test } from 'vitest';
import { Stage } from '@/e2e/harness/stage';
import { startWorld } from '@/e2e/world/start-world';
import { until } from '@/e2e/world/until';
import { type TopologyBody, type TopologyEdge, topologyBodySchema } from '@/lib/topology/topology-body';
import { writeDemoTopology } from '@/scripts/demo/demo-topology';
import { startDemoTraffic } from '@/scripts/demo/demo-traffic';

/** A query that had nothing yet is asked again after a minute; then a window of 10 s, and what a busy machine adds. */
const FOLLOW = { deadlineMs: 90_000, everyMs: 500 };
const SLOW_TEST_MS = 2 * 90_000 + 10_000;

/** Between the first two looks at a counter nothing may have been called yet: a rate of 0 is true then. */
const someCalls = expect.toSatisfy((figure: unknown) => Number(figure) > 0);

const stage = new Stage();
let topology: () => Promise<TopologyBody>;

beforeAll(async () => {
  const world = await startWorld({ datacenters: 2, dns: true });
  stage.atEnd(() => world.stop());
  await writeDemoTopology(world);
  const { environment } = await startDemoTraffic(world);
  const lictor = await stage.lictor(world.consul('dc1').address, environment);
  await lictor.synced();
  topology = async () => topologyBodySchema.parse(await lictor.get('/api/v1/topology'));
});

afterAll(() => stage.clear());

function known(key: string, like: Partial<TopologyEdge>): Promise<TopologyEdge> {
  return until(
    `${key} to be known`,
    async () => {
      const edge = (await topology()).edges.find((one) => one.key === key);
      expect(edge).toMatchObject(like);
      return edge as TopologyEdge;
    },
    FOLLOW,
  );
}

test(
  "the shop's edges are those of sidecars and intentions, with the calls that were counted",
  async () => {
    const edge = await known('dc1/front>dc1/api', {
      ...{ kinds: ['upstream', 'intention', 'observed'], allowed: true },
      ...{ ratePerSecond: someCalls, p95Ms: someCalls },
    });
    expect(edge.sources.map(({ source }) => source)).toContain('Prometheus: OpenTelemetry');
    await known('dc1/mail>dc1/database', { kinds: ['intention'], allowed: false });
  },
  SLOW_TEST_MS,
);

test('what metadata, a document and the chain say is there, too', async () => {
  await known('dc1/shipping>dc1/orders', { kinds: ['declared', 'observed'] });
  await known('dc1/shipping>dc1/carrier', { kinds: ['declared'] });
  await known('dc1/users>dc2/users', { kinds: ['failover'], order: 1 });
  await known('dc2/ledger>dc1/ledger', { kinds: ['route'] });
  const { nodes } = await topology();
  const node = (key: string) => nodes.find((one) => one.key === key);
  expect(node('dc1/database')).toMatchObject({ kind: 'database' });
  expect(node('dc1/carrier')).toMatchObject({ kind: 'absent' });
  expect(node('dc1/recommendations')).toMatchObject({ split: { '0.31.0': 80, '0.32.0': 20 } });
});

test(
  'HAProxy and the gateway are known by what they count',
  async () => {
    await known('dc1/haproxy>dc1/front', { kinds: ['declared', 'observed'], mark: null });
    await known('dc1/gateway>dc1/payment', { kinds: ['declared', 'observed'], mark: null });
  },
  SLOW_TEST_MS,
);

test(
  'what is called and not declared is marked, and what is declared and not called',
  async () => {
    await known('dc1/search>dc1/recommendations', { kinds: ['observed'], mark: 'undeclared' });
    await known('dc1/mail>dc1/queue', { mark: 'unseen' });
  },
  SLOW_TEST_MS,
);

test(
  'calls of a service that its datacenter has not go where its resolver says',
  async () => {
    await known('dc1/payment>dc2/fraud-check', { kinds: ['observed'], mark: null, ratePerSecond: someCalls });
  },
  SLOW_TEST_MS,
);
