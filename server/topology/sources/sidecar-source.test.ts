import { expect, test } from 'vitest';
import type { ObservedInstance, ObservedProxy, ObservedUpstream } from '@/lib/fleet/observation';
import { observeService, type ServiceDetail } from '@/lib/fleet/observe-service';
import { ManualClock } from '@/server/consul/testing/manual-clock';
import { SidecarSource } from './sidecar-source';
import { listening } from './testing/told-by';

const upstream = (name: string, more: Partial<ObservedUpstream> = {}): ObservedUpstream => ({
  ...{ name, isQuery: false, datacenter: '', namespace: '', partition: '', peer: '', ...more },
});
const sidecar = (destination: string, ...upstreams: (string | ObservedUpstream)[]): ObservedProxy => ({
  ...{ kind: 'connect-proxy', destination, isTransparent: false },
  upstreams: upstreams.map((one) => (typeof one === 'string' ? upstream(one) : one)),
});
const gateway = (kind: string): ObservedProxy => ({ kind, destination: '', isTransparent: false, upstreams: [] });

function fleet(queries: Record<string, string> = {}) {
  const heard = listening();
  const gatewaysOf: string[] = [];
  const source = new SidecarSource({
    ...{ clock: new ManualClock(), told: heard.told },
    serviceOfQuery: (_dc, query) => queries[query] ?? null,
    onGateways: (dc) => gatewaysOf.push(dc),
  });
  const details = new Map<string, ServiceDetail>();
  const see = (name: string, proxies: readonly (ObservedProxy | null)[], dc = 'dc1') => {
    const instances = proxies.map(
      (proxy, at): ObservedInstance => ({
        ...{ id: `${name}-${at}`, node: 'n1', address: '', port: 1, tags: [], meta: {}, checks: [] },
        ...{ weights: { passing: 1, warning: 1 }, ...(proxy && { proxy }) },
      }),
    );
    const seen = { dc, name, at: '2026-01-01T00:00:00.000Z', afterGap: false, unreadable: [], versionMetaKeys: [] };
    const next =
      instances.length === 0 ? undefined : observeService(details.get(`${dc}/${name}`), { ...seen, instances });
    if (next) details.set(`${dc}/${name}`, next);
    source.onService({ dc, name, next });
  };
  const told = (name: string, dc = 'dc1') => heard.sources.get(`sidecars ${dc}/${name}`);
  return { heard, source, see, told, queries, gatewaysOf };
}

test("a sidecar's upstreams are those of its service, and it is no node of its own", () => {
  const { see, told, heard } = fleet();
  see('front-sidecar-proxy', [sidecar('front', 'cart', upstream('users', { datacenter: 'dc2' }))]);
  expect(heard.edges()).toEqual(['dc1/front>dc1/cart', 'dc1/front>dc2/users']);
  expect(told('front-sidecar-proxy')).toMatchObject({
    edges: [{ source: 'sidecar of front (1 instance)', kind: 'upstream', detail: null }, {}],
    nodes: [{ key: 'dc1/front-sidecar-proxy', sidecarOf: 'dc1/front' }],
  });
});

test('an upstream of some instances alone says so', () => {
  const { see, told } = fleet();
  see('fp', [sidecar('front', 'cart'), sidecar('front', 'cart', 'users'), sidecar('front', 'cart', 'cart')]);
  expect(told('fp')?.edges.map(({ to, source, detail }) => [to, source, detail])).toEqual([
    ['dc1/cart', 'sidecar of front (3 instances)', null],
    ['dc1/users', 'sidecar of front (3 instances)', 'Of 1 of 3 instances.'],
  ]);
});

test('a circle and a call to itself are edges like others', () => {
  const { see, heard } = fleet();
  see('ap', [sidecar('a', 'b', 'a')]);
  see('bp', [sidecar('b', 'a')]);
  expect(heard.edges()).toEqual(['dc1/a>dc1/a', 'dc1/a>dc1/b', 'dc1/b>dc1/a']);
});

test('five hundred upstreams cost nothing while nothing of them differs', () => {
  const { see, heard } = fleet();
  const many = () => sidecar('front', ...Array.from({ length: 500 }, (_, at) => `s${at}`));
  see('fp', [many(), many()]);
  see('fp', [many(), many()]);
  expect([heard.tellings, heard.edges().length]).toEqual([1, 500]);
});

test('what newer versions add has a place: a peer, a partition, central defaults for all', () => {
  const { see, heard } = fleet();
  const upstreams = [
    upstream('a', { peer: 'cloud' }),
    upstream('b', { partition: 'east' }),
    upstream('c', { partition: 'default', namespace: 'default' }),
    upstream('*'),
  ];
  see('fp', [sidecar('front', ...upstreams)]);
  expect(heard.edges().map((key) => decodeURIComponent(key.split('>')[1] ?? ''))).toEqual([
    'dc1/c',
    'dc1/east/default/b',
    'dc1/peer cloud/a',
  ]);
});

test('a prepared query leads to its service once that is known, and before, that is said', () => {
  const { see, heard, source, told, queries } = fleet();
  see('fp', [sidecar('front', upstream('near-users', { isQuery: true }), 'cart')]);
  expect(heard.edges()).toEqual(['dc1/front>dc1/cart']);
  expect(source.leftOut('dc1')).toContain('where 1 prepared queries lead to is not known');
  queries['near-users'] = 'users';
  source.onQueries('dc1');
  expect(heard.edges()).toEqual(['dc1/front>dc1/cart', 'dc1/front>dc1/users']);
  expect(told('fp')?.edges[0]?.detail).toBe('By the prepared query near-users.');
  expect(source.leftOut('dc1')).toBeNull();
});

test('that transparent proxies list nothing is said', () => {
  const { see, source } = fleet();
  see('fp', [{ ...sidecar('front'), isTransparent: true }]);
  expect(source.leftOut('dc1')).toContain('transparent');
  expect(source.leftOut('dc2')).toBeNull();
});

test('gateways are nodes of their kind; which of them serve services is told', () => {
  const { see, source, told, gatewaysOf } = fleet();
  for (const kind of ['mesh-gateway', 'ingress-gateway', 'terminating-gateway', 'api-gateway'])
    see(kind, [gateway(kind)]);
  expect(told('mesh-gateway')?.nodes).toEqual([{ key: 'dc1/mesh-gateway', kind: 'gateway' }]);
  expect([...source.gatewaysOf('dc1')]).toEqual(['ingress-gateway', 'terminating-gateway', 'api-gateway']);
  see('api-gateway', []);
  expect(source.gatewaysOf('dc1').has('api-gateway')).toBe(false);
  expect(gatewaysOf).toHaveLength(4);
});

test('one name in two datacenters is two', () => {
  const { see, heard } = fleet();
  see('fp', [sidecar('front', 'cart')], 'dc1');
  see('fp', [sidecar('front', 'users')], 'dc2');
  expect(heard.edges()).toEqual(['dc1/front>dc1/cart', 'dc2/front>dc2/users']);
  see('fp', [], 'dc1');
  expect(heard.edges()).toEqual(['dc2/front>dc2/users']);
});

test('what is no proxy is passed over, and a proxy that became a plain service is let go of', () => {
  const { see, heard } = fleet();
  see('web', [null]);
  expect(heard.sources.size).toBe(0);
  see('web', [sidecar('front', 'cart')]);
  see('web', [null]);
  expect(heard.sources.size).toBe(0);
});
