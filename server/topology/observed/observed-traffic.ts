import type { SourceTold } from '@/lib/topology/edge-evidence';
import type { TopologySource } from '@/lib/topology/topology-body';
import type { TopologyObservedSettings } from '@/server/config/topology-observed-settings';
import type { Clock, Timer } from '@/server/consul/clock';
import { type InstantQuery, QueryFailed } from '@/server/prometheus/instant-query';
import { CountedEdges } from './counted-edges';
import { chosenEdgeSeries, type EdgeSeries, readyEdgeSeries } from './edge-series';
import type { ListedPlaces } from './named-services';

export interface ObservedTrafficOptions {
  readonly settings: TopologyObservedSettings;
  readonly query: InstantQuery;
  /** As it may be shown. */
  readonly address: string;
  readonly places: ListedPlaces;
  readonly told: {
    tell(source: SourceTold, nowMs: number): void;
    setOld(id: string, isOld: boolean): void;
  };
  readonly onChange: () => void;
  readonly clock: Clock;
}

interface Read {
  readonly series: EdgeSeries;
  readonly id: string;
  readonly edges: CountedEdges;
  readAtMs: number | null;
  failures: number;
  trouble: string | null;
}

/** Of a series that has nothing only one reading in so many is made. */
const EMPTY_ROUNDS = 12;
/** One answer that is late is no reason to call what is shown old. */
const FAILURES_BORNE = 1;
/** So often a moment of reading that alone moved is told anew, ms. */
const RESTAMP_MS = 30_000;

/** Reads again and again what Prometheus has counted between services. Nothing waits for it. */
export class ObservedTraffic {
  readonly #options: ObservedTrafficOptions;
  readonly #reads: readonly Read[];
  readonly #stamps = new Map<string, number>();
  #timer: Timer | null = null;
  #stopping: AbortController | null = null;

  constructor(options: ObservedTrafficOptions) {
    const { settings, places } = options;
    this.#options = options;
    // What somebody has configured knows their traffic best.
    const series = [...chosenEdgeSeries(settings), ...readyEdgeSeries(settings)];
    this.#reads = series.map((one, at) => ({
      ...{ series: one, id: `observed ${at} ${one.name}`, readAtMs: null, failures: 0, trouble: null },
      edges: new CountedEdges(one, places, settings.datacenters),
    }));
  }

  start(): void {
    if (this.#stopping !== null) return;
    this.#stopping = new AbortController();
    void this.#round(this.#stopping.signal);
  }

  stop(): void {
    this.#stopping?.abort();
    this.#stopping = null;
    if (this.#timer !== null) this.#options.clock.clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** How well each series is known; of ready ones those alone that Prometheus has had. */
  states(): TopologySource[] {
    const shown = this.#reads.filter(({ series, edges }) => series.isChosen || edges.size > 0);
    if (shown.length > 0) return shown.map((read) => this.#stateOf(read));
    const [first] = this.#reads.filter(({ trouble }) => trouble !== null);
    const isRead = this.#reads.every(({ readAtMs }) => readAtMs !== null);
    const { address } = this.#options;
    const state = first ? 'starting' : isRead ? 'absent' : 'starting';
    const names = this.#reads.map(({ series }) => series.name).join(', ');
    const nothing = `Prometheus at ${address} counts no traffic between services that it could be known by (${names}).`;
    const reason = first?.trouble ?? (isRead ? nothing : null);
    return [{ name: 'Prometheus', dc: null, state, lastReadAt: null, reason }];
  }

  #stateOf({ series, edges, readAtMs, failures, trouble }: Read): TopologySource {
    const name = `Prometheus: ${series.name}`;
    const { clock, address } = this.#options;
    const lastReadAt = readAtMs === null ? null : clock.iso(this.#stampOf(name, readAtMs));
    if (trouble !== null && (failures > FAILURES_BORNE || readAtMs === null))
      return { ...{ name, dc: null, lastReadAt }, state: readAtMs === null ? 'starting' : 'old', reason: trouble };
    if (readAtMs === null) return { name, dc: null, state: 'starting', lastReadAt, reason: null };
    if (edges.size === 0 && edges.ambiguous === 0) {
      const reason = `Prometheus at ${address} has no requests by the query ${series.name}.`;
      return { name, dc: null, state: 'absent', lastReadAt, reason };
    }
    return { name, dc: null, state: 'live', lastReadAt, reason: ambiguity(edges.ambiguous) };
  }

  /** A moment that moves with each reading would be a change each time. */
  #stampOf(name: string, readAtMs: number): number {
    const stamp = this.#stamps.get(name) ?? Number.NEGATIVE_INFINITY;
    if (readAtMs - stamp < RESTAMP_MS) return stamp;
    this.#stamps.set(name, readAtMs);
    return readAtMs;
  }

  async #round(signal: AbortSignal): Promise<void> {
    const { clock, settings, onChange } = this.#options;
    const beganAtMs = clock.now();
    await Promise.all(this.#reads.map((read) => this.#read(read, signal)));
    if (signal.aborted) return;
    onChange();
    const restMs = Math.max(0, beganAtMs + settings.everySeconds * 1_000 - clock.now());
    this.#timer = clock.setTimeout(() => void this.#round(signal), restMs);
  }

  async #read(read: Read, signal: AbortSignal): Promise<void> {
    const { query, clock, told, address, settings } = this.#options;
    const { series, edges, id } = read;
    const isEmpty = edges.size === 0 && edges.ambiguous === 0 && read.trouble === null;
    const againMs = EMPTY_ROUNDS * settings.everySeconds * 1_000;
    if (isEmpty && read.readAtMs !== null && clock.now() - read.readAtMs < againMs) return;
    try {
      const rates = await query(series.rate, signal);
      const ask = async (promql: string | null) => (promql === null || rates.length === 0 ? [] : query(promql, signal));
      const [errors, p95Ms] = await Promise.all([ask(series.errors), ask(series.p95Ms)]);
      if (signal.aborted) return;
      const nowMs = clock.now();
      edges.take({ rates, errors, p95Ms }, nowMs);
      Object.assign(read, { readAtMs: nowMs, failures: 0, trouble: null });
      const rank = this.#reads.indexOf(read);
      told.tell({ id, edges: edges.evidence(), nodes: [], isOld: false, rank }, nowMs);
    } catch (error) {
      if (!(error instanceof QueryFailed)) throw error;
      if (signal.aborted) return;
      read.failures += 1;
      read.trouble = `Prometheus at ${address} cannot be read (${error.message}): what of traffic is shown is as it was read last, and nothing else depends on it.`;
      if (read.failures > FAILURES_BORNE) told.setOld(id, true);
    }
  }
}

const ambiguity = (edges: number): string | null =>
  edges === 0
    ? null
    : `Of ${edges} of its series it is not known which datacenters they are of: name them by a label (topology.observed.datacenterLabel).`;
