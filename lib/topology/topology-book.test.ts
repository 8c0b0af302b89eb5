import { describe, expect, test } from 'vitest';
import type { EdgeEvidence, NodeEvidence } from './edge-evidence';
import {
  exampleEvidence,
  exampleTraffic,
  EXAMPLE_TOPOLOGY_MS as NOW_MS,
  tellDatacenter,
  tellService,
} from './example-topology';
import { TopologyBook } from './topology-book';

const a = 'dc1/a';
const b = 'dc1/b';
const c = 'dc1/c';

/** A book in which dc1 has a, b and c. */
function book(edges: readonly EdgeEvidence[] = [], nodes: readonly NodeEvidence[] = []): TopologyBook {
  const made = new TopologyBook();
  for (const name of ['a', 'b', 'c']) tellService(made, 'dc1', name, ['passing']);
  made.tell({ id: 'one', edges, nodes }, NOW_MS);
  return made;
}

const intention = (from: string, to: string, allowed: boolean | null, detail: string | null = null): EdgeEvidence =>
  exampleEvidence(from, to, 'intention', { source: `intention ${from} => ${to}`, allowed, detail });

describe('An edge', () => {
  test('has all kinds by which it is known, and each of its sources with when it said so', () => {
    const made = book([exampleEvidence(a, b, 'observed', exampleTraffic(5)), exampleEvidence(a, b, 'upstream')]);
    expect(made.edge('dc1/a>dc1/b')).toMatchObject({ kinds: ['upstream', 'observed'], ratePerSecond: 5, mark: null });
    expect(made.edge('dc1/a>dc1/b')?.sources.map(({ source }) => source)).toEqual([
      'upstream of an example',
      'Prometheus: service graph',
    ]);
  });

  test('may lead back to where it comes from, in one step or several', () => {
    const made = book([exampleEvidence(a, a), exampleEvidence(a, b), exampleEvidence(b, a)]);
    expect(made.parts().edges.map(({ key }) => key)).toEqual(['dc1/a>dc1/a', 'dc1/a>dc1/b', 'dc1/b>dc1/a']);
  });

  test('is one of another datacenter where only the name is the same', () => {
    const made = book([exampleEvidence(a, b), exampleEvidence('dc2/a', 'dc2/b')]);
    expect(made.node('dc1/a')).toMatchObject({ dc: 'dc1', kind: 'service', instances: 1 });
    expect(made.node('dc2/a')).toMatchObject({ dc: 'dc2', kind: 'absent', status: 'unknown', instances: 0 });
  });

  test('is never seen later than now, whatever the clock of its source says', () => {
    const made = book([exampleEvidence(a, b, 'upstream', { seenAtMs: NOW_MS + 3_600_000 })]);
    expect(made.edge('dc1/a>dc1/b')?.sources[0]?.seenAt).toBe(new Date(NOW_MS).toISOString());
  });

  test('joins what one source says twice in one order', () => {
    const says = (detail: string) => exampleEvidence(a, b, 'route', { detail });
    const one = book([says('First.'), says('Then.')]).edge('dc1/a>dc1/b');
    expect(one).toEqual(book([says('Then.'), says('First.')]).edge('dc1/a>dc1/b'));
    expect(one?.sources[0]?.detail).toBe('First. Then.');
  });

  test('of which one source tells two shares has the greater one', () => {
    const shares = [10, 90].map((share) => exampleEvidence(a, b, 'route', { share }));
    expect(book(shares).edge('dc1/a>dc1/b')?.share).toBe(90);
    expect(book(shares.toReversed()).edge('dc1/a>dc1/b')?.share).toBe(90);
  });

  test('of 500 upstreams of one node is one of 500', () => {
    const made = book(Array.from({ length: 500 }, (_, index) => exampleEvidence(a, `dc1/up-${index}`)));
    expect(made.edgesFrom(a)).toHaveLength(500);
    expect(made.parts().nodes).toHaveLength(503);
  });
});

describe('An intention', () => {
  test('decides by an exact destination first, then by an exact source', () => {
    const rules = [
      intention('dc1/*', 'dc1/*', false),
      intention('dc1/a', 'dc1/*', true),
      intention('dc1/*', 'dc1/b', false),
      intention('dc1/a', 'dc1/b', true),
    ];
    // The more exact ones are taken away one after the other: the next one decides.
    const allowed = [4, 3, 2, 1, 0].map((count) => {
      return book([exampleEvidence(a, b), ...rules.slice(0, count)]).edge('dc1/a>dc1/b')?.allowed;
    });
    expect(allowed).toEqual([true, false, true, false, null]);
  });

  test('of all or for all is one edge to or from one node, and decides about every call all the same', () => {
    const made = book([exampleEvidence(a, b), exampleEvidence(a, c), intention('dc1/*', 'dc1/c', false)]);
    expect(made.parts().edges.map(({ key, allowed }) => [key, allowed])).toEqual([
      ['dc1/*>dc1/c', false],
      ['dc1/a>dc1/b', null],
      ['dc1/a>dc1/c', false],
    ]);
    expect(made.node('dc1/*')).toMatchObject({ kind: 'any', name: '*' });
    expect(made.edge('dc1/a>dc1/c')?.sources.map(({ source }) => source)).toContain('intention dc1/* => dc1/c');
    made.tell({ id: 'one', edges: [exampleEvidence(a, c), intention('dc1/*', 'dc1/*', true)], nodes: [] }, NOW_MS);
    expect(made.edge('dc1/a>dc1/c')?.allowed).toBe(true);
  });

  test('stands where its destination is, for callers of every datacenter', () => {
    const made = book([exampleEvidence('dc2/a', b), exampleEvidence(a, 'dc2/b'), intention(a, b, false)]);
    expect(made.edge('dc2/a>dc1/b')?.allowed).toBe(false);
    expect(made.edge('dc1/a>dc2/b')?.allowed).toBeNull();
  });

  test('that depends on the request neither allows nor denies, and says how', () => {
    const made = book([
      exampleEvidence(a, b),
      intention(a, b, null, 'By request: allow GET.'),
      intention('dc1/*', b, true),
    ]);
    expect(made.edge('dc1/a>dc1/b')).toMatchObject({ allowed: null });
    expect(made.edge('dc1/a>dc1/b')?.sources[1]?.detail).toBe('By request: allow GET.');
  });

  test('says nothing of routes, of what stands in, and of what a terminating gateway leads out', () => {
    const ways = (['route', 'failover', 'gateway'] as const).map((kind) => exampleEvidence(a, b, kind));
    for (const way of ways) {
      expect(book([way, intention('dc1/*', 'dc1/*', false)]).edge('dc1/a>dc1/b')?.allowed).toBeNull();
    }
    const ingress = exampleEvidence(a, b, 'gateway', { isGuarded: true });
    expect(book([ingress, intention('dc1/*', 'dc1/*', false)]).edge('dc1/a>dc1/b')?.allowed).toBe(false);
  });

  test('names a service that is nowhere: that is drawn as absent; one that runs elsewhere is not drawn here', () => {
    const made = book([intention('dc1/ghost', b, true), intention('dc1/elsewhere', b, true)]);
    expect(made.node('dc1/ghost')?.kind).toBe('absent');
    expect(made.node('dc1/elsewhere')?.kind).toBe('absent');
    tellService(made, 'dc2', 'elsewhere', ['passing']);
    expect(made.node('dc1/elsewhere')).toBeNull();
    expect(made.edge('dc1/elsewhere>dc1/b')).toBeNull();
    tellService(made, 'dc2', 'elsewhere', []);
    expect(made.edge('dc1/elsewhere>dc1/b')?.allowed).toBe(true);
  });
});

describe('A mark', () => {
  const seen = (from: string, to: string) => exampleEvidence(from, to, 'observed', exampleTraffic(1));
  const quiet = (from: string, to: string) => exampleEvidence(from, to, 'observed', exampleTraffic(0));
  const markOf = (edges: readonly EdgeEvidence[], key = 'dc1/a>dc1/b') => book(edges).edge(key)?.mark;

  test('is undeclared where traffic goes and nobody declares it', () => {
    expect(markOf([seen(a, b)])).toBe('undeclared');
    expect(markOf([seen(a, b), exampleEvidence(c, b)])).toBe('undeclared');
    expect(markOf([seen(a, b), exampleEvidence(a, b, 'declared')])).toBeNull();
    expect(markOf([seen(a, b), intention(a, b, true)])).toBeNull();
  });

  test('does not fall for an intention that denies, or that is for all', () => {
    expect(markOf([seen(a, b), intention(a, b, false)])).toBe('undeclared');
    expect(markOf([seen(a, b), intention('dc1/*', b, true)])).toBe('undeclared');
  });

  test('is unseen where traffic is counted and its caller has none', () => {
    expect(markOf([exampleEvidence(a, b)])).toBeNull();
    expect(markOf([exampleEvidence(a, b), seen(a, c)])).toBeNull();
    expect(markOf([exampleEvidence(a, b), seen(c, b)])).toBe('unseen');
    expect(markOf([exampleEvidence(a, b), quiet(a, b)])).toBe('unseen');
    expect(markOf([exampleEvidence(a, b), seen(a, b)])).toBeNull();
  });

  test('does not call an intention or a failover unseen: they promise no traffic', () => {
    expect(markOf([intention(a, b, true), seen(c, b)])).toBeNull();
    expect(markOf([exampleEvidence(a, b, 'failover'), seen(c, b)])).toBeNull();
  });

  test('knows that declared traffic is led on by routes and failover', () => {
    const way = [exampleEvidence(a, b), exampleEvidence(b, c, 'route'), seen(a, c), seen('dc1/d', b)];
    expect(markOf(way, 'dc1/a>dc1/c')).toBeNull();
    expect(markOf(way, 'dc1/a>dc1/b')).toBeNull();
    expect(markOf(way, 'dc1/d>dc1/b')).toBe('undeclared');
    const over = [exampleEvidence(a, b), exampleEvidence(b, 'dc2/b', 'failover'), seen(a, 'dc2/b')];
    expect(markOf(over, 'dc1/a>dc2/b')).toBeNull();
  });

  test('knows that a gateway may lead to all services of a datacenter', () => {
    const made = book([
      seen('dc1/gate', b),
      seen('dc1/gate', 'dc2/b'),
      exampleEvidence('dc1/gate', 'dc1/*', 'gateway'),
    ]);
    expect(made.edge('dc1/gate>dc1/b')?.mark).toBeNull();
    expect(made.edge('dc1/gate>dc2/b')?.mark).toBe('undeclared');
    expect(made.edge('dc1/gate>dc1/*')?.mark).toBeNull();
  });

  test('is another one once its caller declares what leads there, or no longer', () => {
    const made = book([seen(a, c), exampleEvidence(b, c, 'route')]);
    expect(made.edge('dc1/a>dc1/c')?.mark).toBe('undeclared');
    made.tell({ id: 'two', edges: [exampleEvidence(a, b)], nodes: [] }, NOW_MS);
    expect(made.edge('dc1/a>dc1/c')?.mark).toBeNull();
    made.untell('two');
    expect(made.edge('dc1/a>dc1/c')?.mark).toBe('undeclared');
  });

  test('is another one once a way leads there, at the far end of it and at the near one', () => {
    const made = book([exampleEvidence(a, b), seen(a, c), seen('dc1/d', b)]);
    const marks = () => ['dc1/a>dc1/b', 'dc1/a>dc1/c'].map((edge) => made.edge(edge)?.mark);
    expect(marks()).toEqual(['unseen', 'undeclared']);
    made.tell({ id: 'two', edges: [exampleEvidence(b, c, 'route')], nodes: [] }, NOW_MS);
    expect(marks()).toEqual([null, null]);
    made.untell('two');
    expect(marks()).toEqual(['unseen', 'undeclared']);
  });

  test('follows ways in a circle to an end', () => {
    const circle = [exampleEvidence(a, b), exampleEvidence(b, c, 'route'), exampleEvidence(c, b, 'route'), seen(a, c)];
    expect(markOf(circle, 'dc1/a>dc1/c')).toBeNull();
  });
});

describe('Traffic', () => {
  const tellTraffic = (made: TopologyBook, id: string, edges: readonly EdgeEvidence[], rest = {}) =>
    made.tell({ id, edges, nodes: [], ...rest }, NOW_MS);
  const counted = (rate: number, errors: number | null, p95: number | null) =>
    exampleEvidence(a, b, 'observed', exampleTraffic(rate, errors, p95));

  test('that several sources count is not counted twice: the lowest rank is shown, and what it lacks is the next one’s', () => {
    const made = book();
    tellTraffic(made, 'observed HAProxy', [counted(90, 0.5, 12)], { rank: 2 });
    tellTraffic(made, 'observed service graph', [counted(100, 0.01, null)], { rank: 1 });
    expect(made.edge('dc1/a>dc1/b')).toMatchObject({ ratePerSecond: 100, errorRatio: 0.01, p95Ms: 12 });
  });

  test('of one source adds rates up, weights errors by them, and shows the highest latency', () => {
    const made = book();
    tellTraffic(made, 'observed', [counted(30, 0.1, 20), counted(10, 0.5, 80)]);
    // (30 · 0.1 + 10 · 0.5) / 40 = 0.2
    expect(made.edge('dc1/a>dc1/b')).toMatchObject({ ratePerSecond: 40, errorRatio: 0.2, p95Ms: 80 });
  });

  test('is the same sum in whatever order its parts come', () => {
    // Forwards they sum up to 1.5550000000000002, backwards to 1.555, which are rounded to 1.56 and 1.55.
    const rates = [0.95, 0.235, 0.37];
    const sums = [rates, rates.toReversed()].map((order) => {
      const made = book();
      tellTraffic(
        made,
        'observed',
        order.map((rate) => counted(rate, rate / 10, null)),
      );
      return made.edge('dc1/a>dc1/b');
    });
    expect(sums[0]).toEqual(sums[1]);
  });

  test('is old while what counts it does not answer, and a fresh source goes before an old one', () => {
    const made = book();
    tellTraffic(made, 'observed A', [counted(100, 0, 10)]);
    made.setOld('observed A', true);
    expect(made.edge('dc1/a>dc1/b')).toMatchObject({ ratePerSecond: 100, isObservedOld: true });
    tellTraffic(made, 'observed B', [counted(70, 0, 10)], { rank: 5 });
    expect(made.edge('dc1/a>dc1/b')).toMatchObject({ ratePerSecond: 70, isObservedOld: false });
    tellTraffic(made, 'observed B', [counted(70, 0, 10)], { rank: 5, isOld: true });
    expect(made.edge('dc1/a>dc1/b')).toMatchObject({ ratePerSecond: 100, isObservedOld: true });
    tellTraffic(made, 'observed A', [counted(100, 0, 10)], { rank: 9, isOld: true });
    expect(made.edge('dc1/a>dc1/b')).toMatchObject({ ratePerSecond: 70, isObservedOld: true });
  });

  test('that is no figure is no figure', () => {
    const made = book();
    tellTraffic(made, 'observed', [counted(Number.NaN, 0.1, Number.POSITIVE_INFINITY)]);
    expect(made.edge('dc1/a>dc1/b')).toMatchObject({ ratePerSecond: null, errorRatio: null, p95Ms: null });
  });

  test('was last seen when it was counted, or when the source remembers it', () => {
    const made = book();
    const lastMs = NOW_MS - 90_000;
    const none = { ratePerSecond: 0, errorRatio: null, p95Ms: null, atMs: NOW_MS, lastMs };
    tellTraffic(made, 'observed', [exampleEvidence(a, b, 'observed', { traffic: none })]);
    expect(made.edge('dc1/a>dc1/b')).toMatchObject({ ratePerSecond: 0, observedAt: new Date(lastMs).toISOString() });
  });

  test('whose time alone moves is no change until it moved by half a minute', () => {
    const made = book();
    const at = (atMs: number) => {
      const traffic = { ratePerSecond: 5, errorRatio: 0, p95Ms: 9, atMs };
      made.tell({ id: 'o', edges: [exampleEvidence(a, b, 'observed', { seenAtMs: atMs, traffic })], nodes: [] }, atMs);
      return made.changes().length;
    };
    at(NOW_MS);
    expect([at(NOW_MS + 15_000), at(NOW_MS + 29_000), at(NOW_MS + 31_000)]).toEqual([0, 0, 1]);
  });
});

describe('A node', () => {
  test('of a sidecar is none: what names it names its service', () => {
    const sidecar = 'dc1/a-proxy';
    const made = book([exampleEvidence(sidecar, b, 'observed', exampleTraffic(3))]);
    tellService(made, 'dc1', 'a-proxy', ['passing']);
    expect(made.node(sidecar)?.kind).toBe('service');
    made.tell({ id: 'sidecars', edges: [exampleEvidence(a, b)], nodes: [{ key: sidecar, sidecarOf: a }] }, NOW_MS);
    expect(made.node(sidecar)).toBeNull();
    expect(made.parts().edges.map(({ key, kinds }) => [key, kinds])).toEqual([
      ['dc1/a>dc1/b', ['upstream', 'observed']],
    ]);
    expect([...made.sidecars()]).toEqual([sidecar]);
    made.untell('sidecars');
    expect(made.edge('dc1/a-proxy>dc1/b')?.ratePerSecond).toBe(3);
  });

  test('has the kind that somebody says, though Consul does not list it', () => {
    const made = book(
      [exampleEvidence(a, 'dc1/db')],
      [
        { key: 'dc1/db', kind: 'database' },
        { key: 'dc1/q', kind: 'queue' },
      ],
    );
    expect(made.node('dc1/db')).toMatchObject({ kind: 'database', status: 'unknown' });
    expect(made.node('dc1/q')).toBeNull();
  });

  test('is there for its problem alone', () => {
    const made = book([], [{ key: 'dc1/broken', problem: 'Its chain does not compile: no.' }]);
    expect(made.node('dc1/broken')).toMatchObject({ kind: 'absent', problem: 'Its chain does not compile: no.' });
  });

  test('of a rule for elsewhere is not there; once something calls it here, it is, with what stands in for it', () => {
    const failover = exampleEvidence('dc2/a', a, 'failover', { order: 1 });
    const made = book([failover], [{ key: 'dc2/a', failover: ['dc1'] }]);
    expect(made.node('dc2/a')).toBeNull();
    made.tell({ id: 'two', edges: [exampleEvidence('dc2/z', 'dc2/a')], nodes: [] }, NOW_MS);
    expect(made.node('dc2/a')).toMatchObject({ kind: 'absent', failover: ['dc1'] });
    expect(made.edge('dc2/a>dc1/a')?.order).toBe(1);
  });
});

describe('Changes', () => {
  test('tell the status before of a node, and nothing of what came and went unasked', () => {
    const made = book([exampleEvidence(a, b)]);
    made.changes();
    tellService(made, 'dc1', 'a', ['critical']);
    made.tell({ id: 'two', edges: [exampleEvidence(b, 'dc1/x')], nodes: [] }, NOW_MS);
    made.parts();
    made.untell('two');
    const changes = made.changes();
    expect(changes.map(({ key, op, from }) => [key, op, from])).toEqual([['dc1/a', 'put', 'passing']]);
  });

  test('of a datacenter are its state and its round trips, not its age', () => {
    const made = book();
    tellDatacenter(made, 'dc1', { dc2: 30 });
    expect(made.changes().map(({ key }) => key)).toContain('dc1');
    const { freshness } = made.parts().datacenters[0] as NonNullable<
      ReturnType<TopologyBook['parts']>['datacenters'][0]
    >;
    made.datacenter('dc1', { ...freshness, lastContactMs: 1_900 });
    expect(made.changes()).toEqual([]);
    expect(made.parts().datacenters[0]?.freshness.lastContactMs).toBe(1_900);
    made.datacenter('dc1', null);
    expect(made.changes()).toMatchObject([{ key: 'dc1', op: 'remove', value: null }]);
  });

  test('of lists are the whole lists, once', () => {
    const made = book();
    const source = { name: 'sidecars', dc: 'dc1', state: 'live', lastReadAt: null, reason: null } as const;
    made.changes();
    made.sources([source]);
    made.sources([{ ...source }]);
    expect(made.changes()).toMatchObject([{ key: '/sources', op: 'put', value: [source] }]);
    made.sources([{ ...source }]);
    expect(made.changes()).toEqual([]);
  });
});
