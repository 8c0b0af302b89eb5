import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EdgeEvidence, NodeEvidence } from './edge-evidence';
import {
  exampleBody,
  exampleEvidence,
  exampleShop,
  exampleTraffic,
  EXAMPLE_TOPOLOGY_MS as NOW_MS,
  tellDatacenter,
  tellService,
} from './example-topology';
import { lossDrill } from './loss-drill';
import { TopologyBook } from './topology-book';
import { type TopologyGraph, topologyGraph } from './topology-graph';

function graphOf(
  services: readonly string[],
  edges: readonly EdgeEvidence[],
  nodes: readonly NodeEvidence[] = [],
  fallen: readonly string[] = [],
): TopologyGraph {
  const book = new TopologyBook();
  tellDatacenter(book, 'dc1', { dc2: 38, dc3: 91 });
  tellDatacenter(book, 'dc2', { dc3: 84 });
  tellDatacenter(book, 'dc3');
  for (const key of [...services, ...fallen]) {
    const [dc = '', name = ''] = key.split('/');
    tellService(book, dc, name, fallen.includes(key) ? ['critical'] : ['passing', 'warning']);
  }
  book.tell({ id: 'A', edges, nodes }, NOW_MS);
  return topologyGraph(exampleBody(book));
}

const standIn = (from: string, to: string, order: number) => exampleEvidence(from, to, 'failover', { order });
const call = (from: string, to: string) => exampleEvidence(from, to);

describe('If a datacenter is lost', () => {
  test('a service of it switches to the first that stands in and can, and its callers elsewhere do not care', () => {
    const edges = [call('dc3/shop', 'dc2/pay'), standIn('dc2/pay', 'dc1/pay', 2), standIn('dc2/pay', 'dc3/pay', 1)];
    const drill = lossDrill(graphOf(['dc2/pay', 'dc1/pay', 'dc3/shop'], edges, [], ['dc3/pay']), 'dc2');
    expect(drill.switches).toEqual([
      {
        key: 'dc2/pay',
        servedBy: 'dc2/pay',
        to: expect.objectContaining({ key: 'dc1/pay', order: 2, healthy: 2, canServe: true, roundTripMs: 91 }),
        callers: ['dc3/shop'],
      },
    ]);
    expect(drill.failures).toEqual([]);
    expect(drill.unaffected).toEqual(['dc1/pay', 'dc3/shop']);
    expect(drill.downAlready).toEqual(['dc3/pay']);
  });

  test('what has no stand-in is gone, and what needs it fails with it, however far', () => {
    const edges = [call('dc1/gate', 'dc1/shop'), call('dc1/shop', 'dc2/fraud'), call('dc2/own', 'dc2/fraud')];
    const drill = lossDrill(graphOf(['dc1/gate', 'dc1/shop', 'dc1/other', 'dc2/fraud', 'dc2/own'], edges), 'dc2');
    expect(drill.failures).toEqual([
      { key: 'dc1/gate', reason: 'needs', via: 'dc1/shop', callers: [] },
      { key: 'dc1/shop', reason: 'needs', via: 'dc2/fraud', callers: ['dc1/gate'] },
      { key: 'dc2/fraud', reason: 'gone', via: null, callers: ['dc1/shop'] },
      { key: 'dc2/own', reason: 'gone', via: null, callers: [] },
    ]);
    expect(drill.unaffected).toEqual(['dc1/other']);
  });

  test('a service elsewhere that is served from there already goes on to the next', () => {
    const edges = [
      call('dc1/shop', 'dc1/fraud'),
      standIn('dc1/fraud', 'dc2/fraud', 1),
      standIn('dc1/fraud', 'dc3/fraud', 2),
    ];
    const here = ['dc1/shop', 'dc2/fraud', 'dc3/fraud'];
    expect(lossDrill(graphOf(here, edges), 'dc2').switches).toMatchObject([
      { key: 'dc1/fraud', servedBy: 'dc2/fraud', to: { key: 'dc3/fraud', roundTripMs: 91 }, callers: ['dc1/shop'] },
    ]);
    const alone = lossDrill(graphOf(here.slice(0, 2), edges), 'dc2');
    expect(alone.failures.map(({ key, reason }) => [key, reason])).toEqual([
      ['dc1/fraud', 'gone'],
      ['dc1/shop', 'needs'],
      ['dc2/fraud', 'gone'],
    ]);
  });

  test('a switch does not help who calls past the mesh', () => {
    const edges = [
      exampleEvidence('dc1/shop', 'dc2/pay', 'observed', exampleTraffic(5)),
      standIn('dc2/pay', 'dc1/pay', 1),
    ];
    const drill = lossDrill(graphOf(['dc1/shop', 'dc1/pay', 'dc2/pay'], edges), 'dc2');
    expect(drill.switches.map(({ key }) => key)).toEqual(['dc2/pay']);
    expect(drill.failures).toEqual([{ key: 'dc1/shop', reason: 'needs', via: 'dc2/pay', callers: [] }]);
  });

  test('who calls past the mesh what is served from there already is not worse off than before', () => {
    const past = exampleEvidence('dc1/shop', 'dc1/fraud', 'observed', exampleTraffic(5));
    const edges = [past, standIn('dc1/fraud', 'dc2/fraud', 1), standIn('dc1/fraud', 'dc3/fraud', 2)];
    expect(lossDrill(graphOf(['dc1/shop', 'dc2/fraud', 'dc3/fraud'], edges), 'dc2').unaffected).toContain('dc1/shop');
  });

  test('a stand-in by name of datacenter alone counts, one in the lost datacenter does not', () => {
    const nodes = [
      { key: 'dc2/pay', failover: ['dc2', 'dc1'] },
      { key: 'dc1/pay', failover: ['dc2'] },
    ];
    const drill = lossDrill(graphOf(['dc1/pay', 'dc2/pay'], [], nodes), 'dc2');
    expect(drill.switches).toMatchObject([{ key: 'dc2/pay', to: { key: 'dc1/pay' } }]);
    expect(drill.unaffected).toEqual(['dc1/pay']);
  });

  test('a database that Consul does not list is lost with its datacenter alone', () => {
    const edges = [call('dc1/shop', 'dc1/db'), call('dc1/report', 'dc2/db')];
    const nodes = [
      { key: 'dc1/db', kind: 'database' },
      { key: 'dc2/db', kind: 'database' },
    ] as const;
    const drill = lossDrill(graphOf(['dc1/shop', 'dc1/report'], edges, nodes), 'dc2');
    expect(drill.failures.map(({ key }) => key)).toEqual(['dc1/report', 'dc2/db']);
    expect(drill.unaffected).toEqual(['dc1/db', 'dc1/shop']);
  });

  test('a caller that Consul does not list fails with what it needs; a callee that it does not list is down already', () => {
    const edges = [call('dc1/outside', 'dc2/pay'), call('dc1/shop', 'dc1/ghost'), call('dc1/far', 'dc1/shop')];
    const drill = lossDrill(graphOf(['dc1/shop', 'dc2/pay'], edges), 'dc2');
    expect(drill.failures.map(({ key }) => key)).toEqual(['dc1/outside', 'dc2/pay']);
    expect(drill.downAlready).toEqual(['dc1/ghost']);
  });

  test('of the demo’s shop, dc1 loses with dc2 what only dc2 has', () => {
    const drill = lossDrill(topologyGraph(exampleShop()), 'dc2');
    expect(drill.switches.map(({ key, to }) => [key, to.key])).toEqual([['dc2/payment', 'dc1/payment']]);
    expect(drill.failures.filter(({ reason }) => reason === 'needs').map(({ key }) => key)).toContain('dc1/payment');
  });

  test('each service elsewhere is told once, whatever the calls', () => {
    const keys = ['dc1/a', 'dc1/b', 'dc2/a', 'dc2/b', 'dc3/a'];
    const key = fc.constantFrom(...keys);
    const edge = fc.tuple(
      key,
      key,
      fc.constantFrom('upstream', 'observed', 'failover', 'route'),
      fc.constantFrom(1, 2),
    );
    fc.assert(
      fc.property(fc.array(edge, { maxLength: 14 }), fc.subarray(keys), (said, fallen) => {
        const edges = said.map(([from, to, kind, order]) =>
          exampleEvidence(from, to, kind as 'upstream', kind === 'failover' ? { order } : {}),
        );
        const graph = graphOf(
          keys.filter((one) => !fallen.includes(one)),
          edges,
          [],
          fallen,
        );
        const drill = lossDrill(graph, 'dc2');
        const told = [...drill.switches, ...drill.failures].map((one) => one.key);
        const outside = [...told.filter((one) => !one.startsWith('dc2/')), ...drill.unaffected, ...drill.downAlready];
        expect(outside.sort()).toEqual(['dc1/a', 'dc1/b', 'dc3/a']);
        for (const { to } of drill.switches) expect([to.canServe, to.dc === 'dc2']).toEqual([true, false]);
      }),
    );
  });
});
