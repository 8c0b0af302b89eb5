import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blastRadius, needsOf } from './blast-radius';
import type { EdgeEvidence } from './edge-evidence';
import {
  exampleBody,
  exampleEvidence,
  exampleTraffic,
  EXAMPLE_TOPOLOGY_MS as NOW_MS,
  tellDatacenter,
  tellService,
} from './example-topology';
import { TopologyBook } from './topology-book';
import { type TopologyGraph, topologyGraph } from './topology-graph';

const counted = (from: string, to: string, rate: number): EdgeEvidence =>
  exampleEvidence(from, to, 'observed', exampleTraffic(rate));
const standIn = (from: string, to: string, order: number): EdgeEvidence =>
  exampleEvidence(from, to, 'failover', { order });

/** gate -> shop -> pay -> bank in dc1, gate2 -> shop over there; pay stands in dc2. */
const edges: readonly EdgeEvidence[] = [
  counted('dc1/gate', 'dc1/shop', 310),
  counted('dc2/gate2', 'dc1/shop', 180),
  counted('dc1/shop', 'dc1/pay', 263),
  exampleEvidence('dc1/shop', 'dc1/pay'),
  exampleEvidence('dc1/pay', 'dc1/bank'),
  standIn('dc1/pay', 'dc2/pay', 1),
];

function graphOf(
  evidence: readonly EdgeEvidence[],
  there: 'passing' | 'critical' | 'warning' = 'passing',
  dc2: 'live' | 'lost' = 'live',
): TopologyGraph {
  const book = new TopologyBook();
  tellDatacenter(book, 'dc1', { dc2: 38 });
  tellDatacenter(book, 'dc2', {}, dc2);
  for (const name of ['gate', 'shop', 'pay', 'bank']) tellService(book, 'dc1', name, ['passing']);
  tellService(book, 'dc2', 'gate2', ['passing']);
  tellService(book, 'dc2', 'pay', [there]);
  book.tell({ id: 'A', edges: evidence, nodes: [] }, NOW_MS);
  return topologyGraph(exampleBody(book));
}

const names = (all: readonly { readonly key: string }[]) => all.map(({ key }) => key);

describe('What a stop touches', () => {
  test('is all that depends on it, by the shortest way, with what comes in', () => {
    const radius = blastRadius(graphOf(edges), 'dc1/pay');
    expect(radius.dependants).toEqual([
      { key: 'dc1/shop', hops: 1, via: 'dc1/pay', ratePerSecond: 263, isCovered: true },
      { key: 'dc1/gate', hops: 2, via: 'dc1/shop', ratePerSecond: 310, isCovered: true },
      { key: 'dc2/gate2', hops: 2, via: 'dc1/shop', ratePerSecond: 180, isCovered: true },
    ]);
    // 310 + 180 come in, 263 of them reach it.
    expect(radius).toMatchObject({
      datacenters: ['dc1', 'dc2'],
      entrances: ['dc1/gate', 'dc2/gate2'],
      entranceRatePerSecond: 490,
      ratePerSecond: 263,
    });
  });

  test('says what stands in for it, and whether that can', () => {
    const there = { key: 'dc2/pay', dc: 'dc2', name: 'pay', order: 1, roundTripMs: 38, observedAt: null };
    expect(blastRadius(graphOf(edges), 'dc1/pay').standIns).toEqual([{ ...there, healthy: 1, canServe: true }]);
    const fallen = blastRadius(graphOf(edges, 'critical'), 'dc1/pay');
    expect(fallen.standIns).toEqual([{ ...there, healthy: 0, canServe: false }]);
    expect(fallen.standsIn).toBeNull();
    expect(fallen.dependants.some(({ isCovered }) => isCovered)).toBe(false);
    expect(blastRadius(graphOf(edges, 'passing', 'lost'), 'dc1/pay').standsIn).toBeNull();
    expect(blastRadius(graphOf(edges, 'warning'), 'dc1/pay').standsIn).toMatchObject({ key: 'dc2/pay' });
  });

  test('is not covered for who calls past the mesh, nor for who depends on that one', () => {
    const direct = [...edges, counted('dc1/bank', 'dc1/pay', 4), exampleEvidence('dc2/gate2', 'dc1/bank')];
    const covered = blastRadius(graphOf(direct), 'dc1/pay').dependants.map(({ key, isCovered }) => [key, isCovered]);
    expect(covered).toEqual([
      ['dc1/bank', false],
      ['dc1/shop', true],
      ['dc1/gate', true],
      ['dc2/gate2', false],
    ]);
  });

  test('does not go on where a stand-in of another than the stopped one could help: for Consul that one is healthy', () => {
    const more = [...edges, standIn('dc1/shop', 'dc2/pay', 1)];
    expect(blastRadius(graphOf(more, 'critical'), 'dc1/pay').dependants).toContainEqual(
      expect.objectContaining({ key: 'dc1/gate', isCovered: false }),
    );
  });

  test('goes over a route, and neither over a failover nor over what is only permitted or denied', () => {
    const evidence = [
      exampleEvidence('dc1/gate', 'dc1/shop', 'route'),
      exampleEvidence('dc1/shop', 'dc1/bank', 'failover'),
      exampleEvidence('dc1/pay', 'dc1/bank', 'intention', { allowed: true }),
      exampleEvidence('dc2/gate2', 'dc1/shop'),
      exampleEvidence('dc1/pay', 'dc1/shop', 'intention', { allowed: false }),
      exampleEvidence('dc1/pay', 'dc1/shop'),
    ];
    expect(names(blastRadius(graphOf(evidence), 'dc1/bank').dependants)).toEqual([]);
    expect(names(blastRadius(graphOf(evidence), 'dc1/shop').dependants)).toEqual(['dc1/gate', 'dc2/gate2']);
    const stillCalled = [...evidence, counted('dc1/pay', 'dc1/shop', 1)];
    expect(names(blastRadius(graphOf(stillCalled), 'dc1/shop').dependants)).toContain('dc1/pay');
  });

  test('ends in circles and does not name the stopped one itself', () => {
    const circle = [...edges, exampleEvidence('dc1/bank', 'dc1/gate'), exampleEvidence('dc1/pay', 'dc1/pay')];
    const radius = blastRadius(graphOf(circle), 'dc1/pay');
    expect(names(radius.dependants)).toEqual(['dc1/shop', 'dc1/gate', 'dc2/gate2', 'dc1/bank']);
    expect(names(needsOf(graphOf(circle), 'dc1/pay'))).toEqual(['dc1/bank', 'dc1/gate', 'dc1/shop']);
  });

  test('knows no rate where nobody counts, and nothing of what is not there', () => {
    expect(blastRadius(graphOf([exampleEvidence('dc1/shop', 'dc1/pay')]), 'dc1/pay').ratePerSecond).toBeNull();
    expect(blastRadius(graphOf([]), 'dc9/ghost')).toMatchObject({ dependants: [], standIns: [], standsIn: null });
  });

  test('the other way round is what a service needs', () => {
    expect(needsOf(graphOf(edges), 'dc1/gate')).toEqual([
      { key: 'dc1/shop', hops: 1, via: 'dc1/gate', ratePerSecond: 310, isCovered: false },
      { key: 'dc1/pay', hops: 2, via: 'dc1/shop', ratePerSecond: 263, isCovered: true },
      { key: 'dc1/bank', hops: 3, via: 'dc1/pay', ratePerSecond: null, isCovered: false },
    ]);
  });
});

describe('On any graph', () => {
  const key = fc.constantFrom('dc1/gate', 'dc1/shop', 'dc1/pay', 'dc1/bank', 'dc2/gate2', 'dc2/pay', 'dc2/none');
  const call = fc.tuple(key, key).map(([from, to]) => exampleEvidence(from, to));

  test('one more call never makes the radius smaller, nor any way longer', () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 20 }), call, (calls, more) => {
        const before = blastRadius(graphOf(calls), 'dc1/pay').dependants;
        const after = new Map(
          blastRadius(graphOf([...calls, more]), 'dc1/pay').dependants.map((one) => [one.key, one]),
        );
        for (const one of before) expect(after.get(one.key)?.hops).toBeLessThanOrEqual(one.hops);
      }),
    );
  });

  test('who depends on a service is who needs it', () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 20 }), key, (calls, stopped) => {
        const graph = graphOf(calls);
        for (const { key: other, hops } of blastRadius(graph, stopped).dependants) {
          expect(needsOf(graph, other)).toContainEqual(expect.objectContaining({ key: stopped, hops }));
        }
      }),
    );
  });
});
