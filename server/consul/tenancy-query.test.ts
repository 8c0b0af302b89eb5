import { expect, test } from 'vitest';
import { withTenancy } from './tenancy-query';
import type { ConsulRequest } from './transport';

const team = { namespace: 'team', partition: 'east' };
const get = (path: string, query?: Record<string, string>): ConsulRequest => ({
  path,
  timeoutMs: 1,
  ...(query && { query }),
});

test.each([
  '/v1/catalog/services',
  '/v1/catalog/node/n1',
  '/v1/health/service/web',
  '/v1/health/state/critical',
  '/v1/health/node/n1',
  '/v1/internal/ui/services',
])('%s is asked for in the namespace and the partition', (path) => {
  expect(withTenancy(get(path, { dc: 'dc1' }), team).query).toEqual({ dc: 'dc1', ns: 'team', partition: 'east' });
});

test('nodes have a partition and no namespace', () => {
  expect(withTenancy(get('/v1/catalog/nodes'), team).query).toEqual({ partition: 'east' });
  const untouched = get('/v1/catalog/nodes');
  expect(withTenancy(untouched, { namespace: 'team', partition: null })).toBe(untouched);
});

test("the nodes' own checks are in the default namespace", () => {
  const request = get('/v1/health/state/any', { filter: 'ServiceID == ""' });
  expect(withTenancy(request, team).query).toMatchObject({ ns: 'default', partition: 'east' });
});

test.each(['/v1/catalog/datacenters', '/v1/status/leader', '/v1/agent/self', '/v1/operator/raft/configuration'])(
  '%s has no place for either',
  (path) => {
    const request = get(path, { dc: 'dc1' });
    expect(withTenancy(request, team)).toBe(request);
  },
);

test('rights are asked for where they count: services in the namespace, nodes in the partition', () => {
  const questions = ['service', 'node'].map((Resource) => ({ Resource, Segment: '', Access: 'read' }));
  const request = { ...get('/v1/internal/acl/authorize'), body: JSON.stringify(questions) };
  expect(JSON.parse(withTenancy(request, team).body ?? '')).toEqual([
    { Resource: 'service', Segment: '', Access: 'read', Namespace: 'team', Partition: 'east' },
    { Resource: 'node', Segment: '', Access: 'read', Partition: 'east' },
  ]);
});
