import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { serviceKey } from '@/lib/fleet/keys';
import type { Status } from '@/lib/fleet/model';
import { foldTopology } from '@/lib/stream/topology-changes';
import type { EdgeEvidence, NodeEvidence, SourceTold } from './edge-evidence';
import { EXAMPLE_TOPOLOGY_MS, exampleBody, tellDatacenter, tellService } from './example-topology';
import { edgeKinds } from './kinds';
import { topologyBodySchema } from './topology-body';
import { TopologyBook } from './topology-book';

/** Few names, so that sources speak of the same edges, hit wildcards, sidecars and namesakes elsewhere. */
const dcs = ['dc1', 'dc2'];
const names = ['a', 'b', 'c', '*', 'a-sidecar-proxy'];
const key = fc
  .tuple(fc.constantFrom(...dcs), fc.constantFrom(...names))
  .map(([dc, name]): string => serviceKey(dc, name));
const atMs = fc.constantFrom(EXAMPLE_TOPOLOGY_MS, EXAMPLE_TOPOLOGY_MS - 3_600_000);

const edge: fc.Arbitrary<EdgeEvidence> = fc.record(
  {
    from: key,
    to: key,
    kind: fc.constantFrom(...edgeKinds),
    source: fc.constantFrom('one', 'two'),
    seenAtMs: atMs,
    allowed: fc.constantFrom(true, false, null),
    share: fc.constantFrom(10, 90, null),
    order: fc.constantFrom(1, 2, null),
    detail: fc.constantFrom('why', null),
    traffic: fc.record({
      ratePerSecond: fc.constantFrom(0, 0.1, 0.2, 0.7, 1e16, Number.NaN),
      errorRatio: fc.constantFrom(0, 0.3, 1, null),
      p95Ms: fc.constantFrom(3, 80, null),
      atMs,
    }),
  },
  { requiredKeys: ['from', 'to', 'kind', 'source', 'seenAtMs'] },
);
const node: fc.Arbitrary<NodeEvidence> = fc.record(
  {
    key,
    kind: fc.constantFrom('gateway', 'database', 'queue'),
    sidecarOf: key,
    failover: fc.constantFrom(['dc2'], ['dc1', 'dc2'], []),
    split: fc.constant({ '1.0': 90, '2.0': 10 }),
    problem: fc.constantFrom('It does not compile.', 'It is too large.'),
  },
  { requiredKeys: ['key'] },
);
const source = (id: string): fc.Arbitrary<SourceTold> =>
  fc.record({
    id: fc.constant(id),
    edges: fc.array(edge, { maxLength: 12 }),
    nodes: fc.array(node, { maxLength: 3 }),
    isOld: fc.boolean(),
    rank: fc.constantFrom(0, 1),
  });
/** Of many sources that say one or two things, one that speaks anew touches little: what it leaves stale stays to be seen. */
const ids = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];
const smallSource = fc.constantFrom(...ids).chain((id) =>
  fc.record({
    id: fc.constant(id),
    edges: fc.array(edge, { minLength: 1, maxLength: 2 }),
    nodes: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(node, { maxLength: 1 })),
    isOld: fc.boolean(),
    rank: fc.constantFrom(0, 1),
  }),
);
const sources = fc.tuple(source('A'), source('B'), source('C'));

type Step =
  | { readonly do: 'tell'; readonly source: SourceTold }
  | { readonly do: 'untell'; readonly id: string }
  | { readonly do: 'old'; readonly id: string; readonly isOld: boolean }
  | { readonly do: 'service'; readonly dc: string; readonly name: string; readonly statuses: readonly Status[] }
  | { readonly do: 'ask' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: smallSource.map((told): Step => ({ do: 'tell', source: told })) },
  { weight: 2, arbitrary: fc.constantFrom(...ids).map((id): Step => ({ do: 'untell', id })) },
  fc.record({ do: fc.constant('old' as const), id: fc.constantFrom(...ids), isOld: fc.boolean() }),
  fc.record({
    do: fc.constant('service' as const),
    dc: fc.constantFrom(...dcs),
    name: fc.constantFrom('a', 'b', 'c', 'a-sidecar-proxy'),
    statuses: fc.array(fc.constantFrom<Status>('passing', 'critical'), { maxLength: 2 }),
  }),
  fc.constant<Step>({ do: 'ask' }),
);

function take(book: TopologyBook, one: Step): void {
  if (one.do === 'tell') book.tell(one.source, EXAMPLE_TOPOLOGY_MS);
  else if (one.do === 'untell') book.untell(one.id);
  else if (one.do === 'old') book.setOld(one.id, one.isOld);
  else if (one.do === 'service') tellService(book, one.dc, one.name, one.statuses);
  else book.changes();
}

/** A book that hears what still stands, once and in another order. */
function fromScratch(steps: readonly Step[]): TopologyBook {
  const told = new Map<string, SourceTold>();
  const services = new Map<string, Step>();
  for (const one of steps) {
    if (one.do === 'tell') told.set(one.source.id, one.source);
    else if (one.do === 'untell') told.delete(one.id);
    else if (one.do === 'service') services.set(`${one.dc}/${one.name}`, one);
    else if (one.do === 'old') {
      const before = told.get(one.id);
      if (before) told.set(one.id, { ...before, isOld: one.isOld });
    }
  }
  const book = new TopologyBook();
  for (const last of [...services.values()].reverse()) take(book, last);
  for (const last of [...told.values()].reverse()) book.tell(last, EXAMPLE_TOPOLOGY_MS);
  return book;
}

describe('A book of the topology', () => {
  test('says the same in whatever order its sources were heard', () => {
    fc.assert(
      fc.property(sources, fc.array(step, { maxLength: 4 }), (told, steps) => {
        const [one, other] = [new TopologyBook(), new TopologyBook()];
        const services = steps.filter((next) => next.do === 'service');
        for (const next of services) take(one, next);
        for (const next of told) one.tell(next, EXAMPLE_TOPOLOGY_MS);
        for (const next of told.toReversed()) other.tell(next, EXAMPLE_TOPOLOGY_MS);
        for (const next of services) take(other, next);
        expect(one.parts()).toEqual(other.parts());
      }),
    );
  });

  test('says the same in whatever order one source lists its evidence', () => {
    fc.assert(
      fc.property(source('A'), (told) => {
        const [one, other] = [new TopologyBook(), new TopologyBook()];
        one.tell(told, EXAMPLE_TOPOLOGY_MS);
        other.tell({ ...told, edges: told.edges.toReversed() }, EXAMPLE_TOPOLOGY_MS);
        expect(one.parts()).toEqual(other.parts());
      }),
    );
  });

  test('forgets a source as if it had never been heard', () => {
    fc.assert(
      fc.property(sources, fc.array(step, { maxLength: 6 }), ([a, b, c], steps) => {
        const [one, other] = [new TopologyBook(), new TopologyBook()];
        const services = steps.filter((next) => next.do === 'service');
        for (const book of [one, other]) for (const next of services) take(book, next);
        for (const next of [a, b, c]) one.tell(next, EXAMPLE_TOPOLOGY_MS);
        for (const next of [a, c]) other.tell(next, EXAMPLE_TOPOLOGY_MS);
        one.untell('B');
        expect(one.parts()).toEqual(other.parts());
      }),
    );
  });

  test('says after any steps what it would say had it heard what stands for the first time', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 8, maxLength: 30 }), (steps) => {
        const book = new TopologyBook();
        for (const one of steps) {
          take(book, one);
          // What is asked for is worked out: from here on only what is touched is.
          book.parts();
        }
        // A time that alone moved a little may be told later: here all times are equal or an hour apart.
        expect(book.parts()).toEqual(fromScratch(steps).parts());
      }),
      { numRuns: 300 },
    );
  });

  test('gives changes that lead from what was asked before to what it says now', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
        const book = new TopologyBook();
        let body = exampleBody(book);
        for (const one of steps) {
          if (one.do === 'ask') {
            body = foldTopology(body, book.changes());
            expect(body).toEqual(exampleBody(book));
          } else take(book, one);
        }
        body = foldTopology(body, book.changes());
        expect(body).toEqual(exampleBody(book));
        expect(book.changes()).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('keeps the very object of each record that says the same', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), step, (steps, last) => {
        const book = new TopologyBook();
        for (const one of steps) take(book, one);
        const before = book.parts();
        book.changes();
        take(book, last);
        const changed = new Set(book.changes().map((change) => change.key));
        if (last.do === 'ask') return;
        const after = book.parts();
        const kept = new Set<unknown>([...before.nodes, ...before.edges]);
        for (const record of [...after.nodes, ...after.edges]) {
          expect(kept.has(record)).toBe(!changed.has(record.key));
        }
      }),
    );
  });

  test('is a body as it is published, of a size that what anybody writes does not blow up', () => {
    const long = fc.string({ minLength: 0, maxLength: 4_000, unit: 'binary' });
    const hostile = edge.chain((one) => long.map((text): EdgeEvidence => ({ ...one, source: text, detail: text })));
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 60 }), long, (edges, text) => {
        const book = new TopologyBook();
        tellDatacenter(book, 'dc1');
        const meta = Object.fromEntries(
          Array.from({ length: 80 }, (_, index) => [`${text.slice(0, 20)}${index}`, text]),
        );
        tellService(book, 'dc1', 'a', ['passing'], meta);
        book.tell({ id: 'A', edges, nodes: [{ key: 'dc1/a', problem: text }] }, EXAMPLE_TOPOLOGY_MS);
        const body = exampleBody(book);
        topologyBodySchema.parse(body);
        // 24 sources of 200 and 500 signs, each sign at most 6 bytes of JSON (`\u0000`): below 110 KB an edge.
        for (const one of body.edges) expect(JSON.stringify(one).length).toBeLessThan(24 * 6 * 750);
        for (const one of body.nodes) expect(JSON.stringify(one).length).toBeLessThan(50 * 6 * 500);
      }),
      { numRuns: 50 },
    );
  });
});
