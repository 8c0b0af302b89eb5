import type { EdgeEvidence } from '@/lib/topology/edge-evidence';
import { edgeKey } from '@/lib/topology/edge-key';
import type { Sample } from '@/server/prometheus/instant-query';
import type { EdgeSeries } from './edge-series';
import { type ListedPlaces, type NamedEdge, namedEdge } from './named-services';

/** What one reading of a series says. */
export interface EdgeReading {
  readonly rates: readonly Sample[];
  readonly errors: readonly Sample[];
  readonly p95Ms: readonly Sample[];
}

interface Counted {
  readonly from: string;
  readonly to: string;
  rate: number;
  errors: number | null;
  p95Ms: number | null;
  /** When there was traffic; null: never. */
  lastMs: number | null;
  /** When it was counted, as it is told. */
  atMs: number;
  readonly restampMs: number;
}

/** An edge without traffic is told as one that had some for so long, ms. */
const REMEMBERED_MS = 24 * 3_600_000;
const MOST_EDGES = 20_000;
/** A figure that differs by less is the same one: counters are read at moments that never quite fit. */
const NOTABLE = 0.05;
/** So often the moment of what stays the same is told anew at least, ms; by so much more of one edge in `SPREAD` than of the next, so that not all are told at once. */
const RESTAMP_MS = 30_000;
const SPREAD_MS = 2_500;
const SPREAD = 12;

/** Edges that one series has counted: as it says now, and those that had traffic lately. */
export class CountedEdges {
  #edges = new Map<string, Counted>();
  /** Edges of the last reading whose ends could not be told. */
  #ambiguous = 0;

  constructor(
    private readonly series: EdgeSeries,
    private readonly places: ListedPlaces,
    private readonly datacenterNames: Readonly<Record<string, string>>,
  ) {}

  get ambiguous(): number {
    return this.#ambiguous;
  }

  get size(): number {
    return this.#edges.size;
  }

  take({ rates, errors, p95Ms }: EdgeReading, nowMs: number): void {
    const before = this.#edges;
    const read = new Map<string, Counted>();
    const endsOf = this.#ends();
    this.#ambiguous = 0;
    for (const { labels, value } of rates) {
      const ends = endsOf(labels);
      if (ends === 'ambiguous') this.#ambiguous += 1;
      if (typeof ends === 'string' || !isFigure(value)) continue;
      const key = edgeKey(ends.from, ends.to);
      const known = read.get(key);
      if (known) known.rate += value;
      else if (read.size < MOST_EDGES) {
        const restampMs = RESTAMP_MS + (read.size % SPREAD) * SPREAD_MS;
        read.set(key, { ...ends, rate: value, errors: null, p95Ms: null, lastMs: null, atMs: nowMs, restampMs });
      }
    }
    // What counts no failure yet has no series of failures.
    if (this.series.errors !== null) for (const edge of read.values()) edge.errors = 0;
    for (const [edge, value] of counted(errors, read, endsOf)) edge.errors = (edge.errors ?? 0) + value;
    for (const [edge, value] of counted(p95Ms, read, endsOf)) edge.p95Ms = Math.max(edge.p95Ms ?? 0, value);
    for (const [key, edge] of read) {
      const last = before.get(key);
      edge.lastMs = edge.rate > 0 ? nowMs : (last?.lastMs ?? null);
      if (last) read.set(key, calmed(edge, last));
    }
    for (const [key, last] of before) {
      const isRemembered = last.lastMs !== null && nowMs - last.lastMs < REMEMBERED_MS;
      if (isRemembered && !read.has(key)) {
        read.set(key, calmed({ ...last, rate: 0, errors: null, p95Ms: null, atMs: nowMs }, last));
      }
    }
    this.#edges = read;
  }

  evidence(): EdgeEvidence[] {
    const source = `Prometheus: ${this.series.name}`;
    return [...this.#edges.values()].map(({ from, to, rate, errors, p95Ms, lastMs, atMs }) => ({
      ...{ from, to, kind: 'observed' as const, source, seenAtMs: lastMs ?? atMs },
      traffic: {
        ...{ ratePerSecond: rate, p95Ms: rate > 0 ? p95Ms : null, atMs, lastMs },
        errorRatio: errors === null || rate <= 0 ? null : Math.min(1, errors / rate),
      },
    }));
  }

  /** The ends that labels name, each looked up once a reading: all three questions name the same ones. */
  #ends(): (labels: Sample['labels']) => NamedEdge {
    const { series, datacenterNames } = this;
    const datacenters = this.places.datacenters();
    const placesOf = remembered((name) => this.places.placesOf(name));
    const places = { datacenters: () => datacenters, placesOf };
    const known = new Map<string, NamedEdge>();
    return (labels) => {
      const [from, to] = [series.from(labels), series.to(labels)];
      const id = [from.name, from.datacenter, to.name, to.datacenter].join('\n');
      const ends = known.get(id) ?? namedEdge(series, [from, to], places, datacenterNames);
      known.set(id, ends);
      return ends;
    };
  }
}

function* counted(
  samples: readonly Sample[],
  read: ReadonlyMap<string, Counted>,
  endsOf: (labels: Sample['labels']) => NamedEdge,
): Iterable<[Counted, number]> {
  for (const { labels, value } of samples) {
    const ends = endsOf(labels);
    const edge = typeof ends === 'string' ? undefined : read.get(edgeKey(ends.from, ends.to));
    if (edge && isFigure(value)) yield [edge, value];
  }
}

function remembered<Value>(ask: (name: string) => Value): (name: string) => Value {
  const known = new Map<string, Value>();
  return (name) => {
    const value = known.get(name) ?? ask(name);
    known.set(name, value);
    return value;
  };
}

const isFigure = (value: number): boolean => Number.isFinite(value) && value >= 0;

/** What was told before where it is nearly the same: whatever differs is sent to everybody who looks. */
function calmed(edge: Counted, last: Counted): Counted {
  const isNear = (now: number | null, was: number | null) =>
    now === was || (now !== null && was !== null && was > 0 && now > 0 && Math.abs(now - was) / was < NOTABLE);
  if (!isNear(edge.rate, last.rate) || !isNear(edge.errors, last.errors) || !isNear(edge.p95Ms, last.p95Ms))
    return edge;
  if (edge.atMs - last.atMs < last.restampMs) return last;
  return { ...last, lastMs: edge.lastMs, atMs: edge.atMs };
}
