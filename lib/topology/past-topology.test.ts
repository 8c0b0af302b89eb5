import { describe, expect, test } from 'vitest';
import { exampleDatacenter, exampleFleet, exampleService } from '@/lib/fleet/example-fleet';
import { exampleShop, exampleShopBook } from './example-topology';
import { foldEdgeTransitions, pastTopology } from './past-topology';
import { edgeRecord, readEdgeRecord } from './recorded-edge';
import { topologyBodySchema } from './topology-body';

const none: ReadonlySet<string> = new Set();
const record = (rest: object) => JSON.stringify({ kinds: ['upstream'], ...rest });
const fleet = exampleFleet(
  exampleDatacenter('dc1', [
    exampleService('dc1', 'a', ['passing', 'critical']),
    exampleService('dc1', 'b', ['passing']),
  ]),
  exampleDatacenter('dc2', [exampleService('dc2', 'b', ['passing'])], 'lost'),
);

describe('An edge in the record', () => {
  test('comes back as what it was, figures apart', () => {
    const { nodes, edges } = exampleShop();
    const byKey = new Map(nodes.map((node) => [node.key, node]));
    for (const edge of edges) {
      const [from, to] = [byKey.get(edge.from) ?? null, byKey.get(edge.to) ?? null];
      const { kinds, allowed, share, order } = edge;
      expect(readEdgeRecord(edgeRecord(edge, from, to))).toMatchObject({ kinds, allowed, share, order });
    }
  });

  test('is the same text while nothing but its figures moves', () => {
    const [edge] = exampleShop().edges;
    if (!edge) throw new Error('The shop has no edge.');
    const moved = { ...edge, ratePerSecond: 1, errorRatio: 1, observedAt: null, sources: [] };
    expect(edgeRecord(moved, null, null)).toBe(edgeRecord(edge, null, null));
    expect(edgeRecord({ ...edge, allowed: false }, null, null)).not.toBe(edgeRecord(edge, null, null));
  });

  test('that is none is none', () => {
    for (const text of ['', 'null', '[]', '{}', '{"kinds":"upstream"}', '"x"']) expect(readEdgeRecord(text)).toBeNull();
    expect(readEdgeRecord('{"kinds":["route","nonsense"],"share":"9","ends":["castle"]}')).toEqual({
      ...{ kinds: ['route'], allowed: null, share: null, order: null, ends: [null, null] },
    });
  });
});

describe('A topology of the past', () => {
  test('is the fold of what edges became, on the services of then', () => {
    const before = foldEdgeTransitions(new Map(), [
      { item: 'dc1/a>dc1/b', to: record({}) },
      { item: 'dc1/a>dc1/gone', to: record({}) },
    ]);
    const edges = foldEdgeTransitions(before, [
      { item: 'dc1/a>dc1/gone', to: null },
      { item: 'dc1/b>dc1/db', to: record({ ends: [null, 'database'] }) },
      { item: 'dc1/b>dc2/b', to: record({ kinds: ['failover'], order: 1 }) },
      { item: null, to: record({}) },
    ]);
    expect(before.has('dc1/a>dc1/gone')).toBe(true);
    const body = pastTopology(fleet, edges, none);
    topologyBodySchema.parse(body);
    expect(body.edges.map(({ key, kinds, order }) => [key, kinds, order])).toEqual([
      ['dc1/a>dc1/b', ['upstream'], null],
      ['dc1/b>dc1/db', ['upstream'], null],
      ['dc1/b>dc2/b', ['failover'], 1],
    ]);
    expect(body.nodes.map(({ key, kind, status }) => [key, kind, status])).toEqual([
      ['dc1/a', 'service', 'critical'],
      ['dc1/b', 'service', 'passing'],
      ['dc1/db', 'database', 'unknown'],
      ['dc2/b', 'service', 'passing'],
    ]);
    expect(body.nodes[1]?.failover).toEqual(['dc2']);
    expect(body.datacenters.map(({ name, freshness }) => [name, freshness.state])).toEqual([
      ['dc1', 'live'],
      ['dc2', 'lost'],
    ]);
  });

  test('marks what went where nobody declared it', () => {
    const edges = foldEdgeTransitions(new Map(), [{ item: 'dc1/a>dc1/b', to: record({ kinds: ['observed'] }) }]);
    expect(pastTopology(fleet, edges, none).edges[0]?.mark).toBe('undeclared');
  });

  test('has no sidecar for a node: known ones, and those that Consul names', () => {
    const services = ['a', 'a-sidecar-proxy', 'proxy-of-a', 'lone-sidecar-proxy'];
    const then = exampleFleet(
      exampleDatacenter(
        'dc1',
        services.map((name) => exampleService('dc1', name, ['passing'])),
      ),
    );
    const body = pastTopology(then, new Map(), new Set(['dc1/proxy-of-a']));
    expect(body.nodes.map(({ name }) => name)).toEqual(['a', 'lone-sidecar-proxy']);
  });

  test('of the demo’s shop has the edges of the live one, in its order', () => {
    const live = exampleShopBook().parts();
    const byKey = new Map(live.nodes.map((node) => [node.key, node]));
    const transitions = live.edges.toReversed().map((edge) => {
      return { item: edge.key, to: edgeRecord(edge, byKey.get(edge.from) ?? null, byKey.get(edge.to) ?? null) };
    });
    const past = pastTopology({ ...fleet, datacenters: [] }, foldEdgeTransitions(new Map(), transitions), none);
    const plain = ({ key, kinds, allowed, share, order }: (typeof past.edges)[number]) => [
      key,
      kinds,
      allowed,
      share,
      order,
    ];
    expect(past.edges.map(plain)).toEqual(live.edges.map(plain));
    expect(past.nodes.find(({ key }) => key === 'dc1/queue')?.kind).toBe('queue');
  });
});
