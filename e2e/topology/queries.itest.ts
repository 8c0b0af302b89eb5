import { afterAll, beforeAll, expect, test } from 'vitest';
import { Stage } from '@/e2e/harness/stage';
import type { ConsulHttp } from '@/e2e/world/consul-http';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import { putProxy, putServices } from './registered';
import { sourcesBench } from './sources-bench';

const READ =
  'service_prefix "" { policy = "read" intentions = "read" }\nnode_prefix "" { policy = "read" }\nagent_prefix "" { policy = "read" }';

const stage = new Stage();
let world: World;
let dc1: ConsulHttp;

beforeAll(async () => {
  world = await stage.bareWorld(2, { acl: true });
  dc1 = world.consul('dc1');
  await putServices(dc1, 'users');
  await putServices(world.consul('dc2'), 'users');
  await putProxy(dc1, {
    ...{ service: 'front-sidecar', of: 'front' },
    upstreams: [{ DestinationType: 'prepared_query', DestinationName: 'users-anywhere' }],
  });
  await dc1.post('/v1/query', {
    ...{ Name: 'users-anywhere', Token: world.tokens?.management },
    Service: { Service: 'users', Failover: { Datacenters: ['dc2'] } },
  });
});

afterAll(() => stage.clear());

async function tokenWith(name: string, rules: string): Promise<string> {
  await dc1.put('/v1/acl/policy', { Name: name, Rules: rules });
  const { SecretID } = await dc1.put<{ SecretID: string }>('/v1/acl/token', { Policies: [{ Name: name }] });
  return SecretID;
}

test('a prepared query lets another datacenter stand in, and a sidecar that calls by it calls its service', async () => {
  const token = await tokenWith('reads-queries', `${READ}\nquery_prefix "" { policy = "read" }`);
  const bench = await sourcesBench(stage, dc1.address, { CONSUL_HTTP_TOKEN: token });
  await until('both edges', () => bench.edges('users').length === 2);
  expect(bench.edges('users')).toEqual(['dc1/front>dc1/users upstream', 'dc1/users>dc2/users failover']);
  expect(bench.book.edge('dc1/users>dc2/users')).toMatchObject({
    order: 1,
    sources: [{ source: 'prepared query users-anywhere' }],
  });
  expect(bench.state('prepared queries')).toBe('live');
  expect(bench.state('documents')).toContain('absent: The token may not read the key lictor/topology in dc1');
  expect(JSON.stringify(bench.book.parts())).not.toContain(world.tokens?.management);
});

test('without the right to queries and intentions that is said with the rules that would help, and the rest is shown', async () => {
  const token = await tokenWith('reads-services', READ.replace(' intentions = "read"', ' intentions = "deny"'));
  const bench = await sourcesBench(stage, dc1.address, { CONSUL_HTTP_TOKEN: token });
  expect(bench.state('prepared queries')).toContain('query_prefix "" { policy = "read" }');
  expect(bench.state('prepared queries')).toMatch(/^absent: /);
  expect(bench.state('intentions')).toContain('intentions = "read"');
  await until('what upstreams leave out', () =>
    bench.state('sidecars')?.includes('prepared queries lead to is not known'),
  );
  expect(bench.edges('users')).toEqual([]);
});
