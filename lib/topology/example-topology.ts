import { exampleService } from '@/lib/fleet/example-fleet';
import { serviceKey } from '@/lib/fleet/keys';
import type { Status } from '@/lib/fleet/model';
import type { EdgeEvidence } from './edge-evidence';
import type { EdgeKind, TopologyBody } from './topology-body';
import { TopologyBook } from './topology-book';

/** Topologies to test with, and to draw: the demo's shop, and any number of services. */
export const EXAMPLE_TOPOLOGY_MS = Date.parse('2026-01-15T03:00:00.000Z');
const at = '2026-01-15T03:00:00.000Z';
const stamp = { epoch: EXAMPLE_TOPOLOGY_MS - 60_000, seq: 1, at };

/** An edge as a source tells it. */
export function exampleEvidence(
  from: string,
  to: string,
  kind: EdgeKind = 'upstream',
  rest: Partial<EdgeEvidence> = {},
): EdgeEvidence {
  return { from, to, kind, source: `${kind} of an example`, seenAtMs: EXAMPLE_TOPOLOGY_MS, ...rest };
}

export function exampleTraffic(
  ratePerSecond: number,
  errorRatio: number | null = 0,
  p95Ms: number | null = 20,
): Partial<EdgeEvidence> {
  const traffic = { ratePerSecond, errorRatio, p95Ms, atMs: EXAMPLE_TOPOLOGY_MS };
  return { source: 'Prometheus: service graph', traffic };
}

/** Tells a book of a service whose instances have the given statuses. */
export function tellService(
  book: TopologyBook,
  dc: string,
  name: string,
  instances: readonly Status[],
  meta: Readonly<Record<string, string>> = {},
  versions?: Readonly<Record<string, number>>,
): void {
  const record = exampleService(dc, name, instances, versions ? { versions: { ...versions } } : {});
  book.service({ key: serviceKey(dc, name), dc, name, record: instances.length === 0 ? null : record, meta });
}

export function tellDatacenter(
  book: TopologyBook,
  name: string,
  roundTripMs: Readonly<Record<string, number>> = {},
  state: 'live' | 'lost' = 'live',
): void {
  const reason = state === 'live' ? null : 'No answer from Consul for 42 s.';
  book.datacenter(name, { state, since: at, lastContactMs: state === 'live' ? 400 : 42_000, reason });
  book.roundTrips(name, roundTripMs);
}

/** The body of a book, stamped. */
export const exampleBody = (book: TopologyBook): TopologyBody => ({ ...stamp, ...book.parts() });

const shop: readonly (readonly [
  name: string,
  team: string,
  counts: readonly [number, number, number],
  calls: string,
])[] = [
  ['front', 'web', [3, 2, 2], 'api search'],
  ['api', 'platform', [3, 2, 2], 'cart users orders inventory'],
  ['cart', 'checkout', [2, 2, 2], 'cache inventory'],
  ['payment', 'checkout', [2, 2, 0], 'ledger fraud-check'],
  ['orders', 'checkout', [2, 2, 1], 'database queue payment'],
  ['inventory', 'logistics', [2, 2, 2], 'database'],
  ['shipping', 'logistics', [2, 0, 1], ''],
  ['search', 'discovery', [2, 2, 1], ''],
  ['recommendations', 'discovery', [2, 0, 2], ''],
  ['users', 'identity', [2, 2, 1], 'database'],
  ['mail', 'messaging', [2, 0, 0], 'queue'],
  ['ledger', 'finance', [2, 0, 0], ''],
  ['fraud-check', 'finance', [0, 2, 0], ''],
  ['image-resize', 'web', [0, 3, 0], ''],
  ['reports', 'finance', [0, 0, 1], ''],
  ['database', 'storage', [2, 2, 2], ''],
  ['cache', 'storage', [2, 2, 2], ''],
  ['queue', 'messaging', [2, 1, 1], ''],
];

/** The demo's shop in three datacenters: sidecars' upstreams, intentions, a split, a failover, metadata, traffic that is counted; dc3 is lost. */
export function exampleShopBook(): TopologyBook {
  const book = new TopologyBook();
  tellDatacenter(book, 'dc1', { dc2: 38, dc3: 91 });
  tellDatacenter(book, 'dc2', { dc1: 38, dc3: 84 });
  tellDatacenter(book, 'dc3', { dc1: 91, dc2: 84 }, 'lost');
  for (const [place, dc] of ['dc1', 'dc2', 'dc3'].entries()) tellShop(book, dc, place as 0 | 1 | 2);
  book.sources([
    { name: 'sidecars', dc: 'dc1', state: 'live', lastReadAt: at, reason: null },
    { name: 'Prometheus: service graph', dc: null, state: 'live', lastReadAt: at, reason: null },
  ]);
  book.changes();
  return book;
}

function tellShop(book: TopologyBook, dc: string, place: 0 | 1 | 2): void {
  const upstreams: EdgeEvidence[] = [];
  const observed: EdgeEvidence[] = [];
  for (const [name, team, counts, calls] of shop) {
    const key = serviceKey(dc, name);
    const statuses: Status[] = Array.from({ length: counts[place] }, () => 'passing');
    if (name === 'payment' && dc === 'dc1') statuses[0] = 'warning';
    if (name === 'search' && dc === 'dc2') statuses[0] = 'critical';
    const versions = name === 'payment' && counts[place] > 0 ? { '3.1.4': 1, '3.2.0': 1 } : undefined;
    tellService(book, dc, name, statuses, { team }, versions);
    if (counts[place] === 0) continue;
    const source = `sidecar of ${name} (${counts[place]} instances)`;
    for (const [nth, callee] of calls.split(' ').filter(Boolean).entries()) {
      const to = serviceKey(dc, callee);
      upstreams.push(exampleEvidence(key, to, 'upstream', { source }));
      const errors = callee === 'payment' ? 0.021 : 0;
      if (name !== 'mail') observed.push(exampleEvidence(key, to, 'observed', exampleTraffic(40 + nth * 20, errors)));
    }
  }
  const key = (name: string) => serviceKey(dc, name);
  const intention = (from: string, to: string, allowed: boolean): EdgeEvidence =>
    exampleEvidence(key(from), key(to), 'intention', { source: `intention ${from} => ${to}`, allowed });
  const allowed = upstreams.map(({ from, to }) => intention(nameOf(from), nameOf(to), true));
  const denied = [intention('recommendations', 'ledger', false), intention('mail', 'database', false)];
  book.tell({ id: `sidecars ${dc}`, edges: upstreams, nodes: [] }, EXAMPLE_TOPOLOGY_MS);
  book.tell({ id: `intentions ${dc}`, edges: [...allowed, ...denied], nodes: [] }, EXAMPLE_TOPOLOGY_MS);
  const others = ['dc1', 'dc2', 'dc3'].filter((other) => other !== dc);
  const failover = others.map((other, index) => {
    const rest = { source: 'service-resolver/payment', order: index + 1 };
    return exampleEvidence(key('payment'), serviceKey(other, 'payment'), 'failover', rest);
  });
  const split = { '3.1.4': 90, '3.2.0': 10 };
  const nodes = [
    { key: key('payment'), failover: others, ...(place < 2 && { split }) },
    { key: key('database'), kind: 'database' as const },
    { key: key('queue'), kind: 'queue' as const },
  ];
  book.tell({ id: `entries ${dc}`, edges: failover, nodes }, EXAMPLE_TOPOLOGY_MS);
  const [caller, callee] = place === 2 ? ['reports', 'database'] : ['shipping', 'mail'];
  const metadata = exampleEvidence(key(caller), key(callee), 'declared', { source: 'metadata upstreams' });
  book.tell({ id: `metadata ${dc}`, edges: place === 1 ? [] : [metadata], nodes: [] }, EXAMPLE_TOPOLOGY_MS);
  if (dc === 'dc1') {
    observed.push(exampleEvidence(key('recommendations'), key('search'), 'observed', exampleTraffic(3.5)));
    observed.push(exampleEvidence(key('payment'), serviceKey('dc2', 'fraud-check'), 'observed', exampleTraffic(58)));
  }
  if (dc !== 'dc3') book.tell({ id: `observed ${dc}`, edges: observed, nodes: [] }, EXAMPLE_TOPOLOGY_MS);
}

const nameOf = (key: string): string => decodeURIComponent(key.slice(key.indexOf('/') + 1));

export const exampleShop = (): TopologyBody => exampleBody(exampleShopBook());

/**
 * `services` services in `datacenters` lanes with `edges` edges, always the same ones: layers that call further layers, now and then another datacenter, and a
 * few that are not well.
 */
export function exampleTopology(services: number, edges: number, datacenters = 3): TopologyBody {
  return exampleBody(exampleTopologyBook(services, edges, datacenters));
}

function exampleTopologyBook(services: number, edges: number, datacenters = 3): TopologyBook {
  const book = new TopologyBook();
  const random = randomOf(7);
  const names = Array.from({ length: datacenters }, (_, index) => `dc${index + 1}`);
  for (const dc of names) tellDatacenter(book, dc, Object.fromEntries(names.map((other) => [other, 30])));
  const keys = Array.from({ length: services }, (_, index) => {
    const dc = names[index % datacenters] as string;
    const name = `service-${String(index).padStart(5, '0')}`;
    const status: Status = index % 37 === 0 ? 'critical' : index % 23 === 0 ? 'warning' : 'passing';
    tellService(book, dc, name, [status, 'passing', 'passing'], { team: `team-${index % 12}` });
    return serviceKey(dc, name);
  });
  const told = new Map<string, EdgeEvidence>();
  // Pairs that came up before are drawn again; a graph that has no more pairs ends it.
  for (let tries = 0; told.size < edges && tries < edges * 20 && services > 1; tries += 1) {
    const from = Math.floor(random() ** 2 * services * 0.7);
    const isNear = random() < 0.9;
    const far = from + 1 + Math.floor(random() * Math.min(services - from - 1, 60));
    const to = isNear ? far - ((far - from) % datacenters) : far;
    if (to <= from || to >= services) continue;
    const [source, target] = [keys[from] as string, keys[to] as string];
    const isObserved = random() < 0.5;
    const rest = isObserved ? exampleTraffic(Math.round(random() * 400)) : {};
    told.set(`${source}>${target}`, exampleEvidence(source, target, isObserved ? 'observed' : 'upstream', rest));
  }
  book.tell({ id: 'example', edges: [...told.values()], nodes: [] }, EXAMPLE_TOPOLOGY_MS);
  book.changes();
  return book;
}

/** Numbers from 0 to 1 that are the same every time (a linear congruence of Numerical Recipes). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
