import { afterAll, beforeAll, expect, test } from 'vitest';
import { putInstance, removeInstance } from '@/e2e/harness/catalog';
import type { LictorUnderTest } from '@/e2e/harness/lictor-for';
import { Stage } from '@/e2e/harness/stage';
import type { ConsulHttp } from '@/e2e/world/consul-http';
import { until } from '@/e2e/world/until';
import { type TopologyBody, topologyBodySchema } from '@/lib/topology/topology-body';
import { putIntention, putProxy, putServices } from './registered';

const stage = new Stage();
let dc1: ConsulHttp;
let dc2: ConsulHttp;
let lictor: LictorUnderTest;

beforeAll(async () => {
  const world = await stage.bareWorld(2);
  dc1 = world.consul('dc1');
  dc2 = world.consul('dc2');
  await putServices(dc1, 'front');
  await putInstance(dc1, { node: 'edge', service: 'payment', meta: { team: 'money', upstreams: 'ledger@dc2' } });
  await putInstance(dc2, { node: 'edge', service: 'ledger' });
  await putProxy(dc1, { service: 'front-sidecar-proxy', of: 'front', upstreams: ['payment'] });
  await putIntention(dc1, 'front', 'payment', 'allow');
  lictor = await stage.lictor(dc1.address);
  await lictor.synced();
});

afterAll(() => stage.clear());

const edge = (body: TopologyBody | null, key: string) => body?.edges.find((one) => one.key === key);
const node = (body: TopologyBody | null, key: string) => body?.nodes.find((one) => one.key === key);

async function topology(): Promise<TopologyBody> {
  const body = await lictor.get('/api/v1/topology');
  return topologyBodySchema.strict().parse(body);
}

test('the topology names services, edges with what says them, and how well each source is known', async () => {
  const body = await until('every edge', async () => {
    const now = await topology();
    if (!edge(now, 'dc1/payment>dc2/ledger')) throw new Error(JSON.stringify(now.edges));
    // That something flaps is looked for a moment later.
    const isLookedAt = node(now, 'dc1/payment')?.flapping === 0;
    return isLookedAt && edge(now, 'dc1/front>dc1/payment')?.allowed === true && now;
  });
  expect(edge(body, 'dc1/front>dc1/payment')).toMatchObject({ kinds: ['upstream', 'intention'], mark: null });
  expect(edge(body, 'dc1/front>dc1/payment')?.sources.map(({ kind }) => kind)).toEqual(['upstream', 'intention']);
  expect(edge(body, 'dc1/payment>dc2/ledger')).toMatchObject({ kinds: ['declared'], ratePerSecond: null });
  expect(node(body, 'dc1/payment')).toMatchObject({
    ...{ kind: 'service', status: 'passing', instances: 1, flapping: 0 },
    meta: { team: 'money' },
  });
  expect(node(body, 'dc1/front-sidecar-proxy')).toBeUndefined();
  expect(body.datacenters.map(({ name, freshness: { state } }) => `${name} ${state}`)).toEqual([
    'dc1 live',
    'dc2 live',
  ]);
  expect(body.sources.find(({ name, dc }) => name === 'sidecars' && dc === 'dc1')).toMatchObject({ state: 'live' });
});

test('the stream carries it on: what comes and goes is told by its edges and nodes alone, and folds into what a read shows', async () => {
  const stream = await stage.follow(lictor, ['topology']);
  await putInstance(dc1, { node: 'edge', service: 'payment', status: 'critical', meta: { upstreams: 'ledger@dc2' } });
  await until('payment to be critical', () => {
    return node(stream.body('topology') as TopologyBody | null, 'dc1/payment')?.status === 'critical';
  });
  const flip = stream.reader.changesOf('topology').find(({ change }) => change.key === 'dc1/payment');
  expect(flip?.change).toMatchObject({ op: 'put', from: 'passing' });
  await putInstance(dc2, { node: 'edge', service: 'audit', meta: { upstreams: 'ledger' } });
  await until('the new edge', () => edge(stream.body('topology') as TopologyBody | null, 'dc2/audit>dc2/ledger'));
  await removeInstance(dc2, 'edge', 'audit');
  await until('that it is gone', async () => {
    const now = stream.body('topology') as TopologyBody | null;
    return !edge(now, 'dc2/audit>dc2/ledger') && !node(now, 'dc2/audit');
  });
  await until('both to be the same', async () => {
    const { nodes, edges, switches } = await topology();
    const { nodes: n, edges: e, switches: s } = stream.body('topology') as TopologyBody;
    expect({ nodes: n, edges: e, switches: s }).toEqual({ nodes, edges, switches });
    return true;
  });
});

test('who was away a moment is sent what it missed, and no second snapshot', async () => {
  const first = await stage.follow(lictor, ['topology']);
  const place = first.reader.lastEventId;
  first.reader.cut();
  await putInstance(dc2, { node: 'edge', service: 'ledger', status: 'warning' });
  await until('the change', async () => node(await topology(), 'dc2/ledger')?.status === 'warning');
  const again = await stage.follow(lictor, [`topology@${place}`]);
  expect(again.reader.snapshots).toEqual([]);
  expect(again.reader.changesOf('topology').map(({ change }) => change.key)).toContain('dc2/ledger');
});
