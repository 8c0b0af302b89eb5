import type { Mechanism } from '@/lib/release/mechanism';
import type { Observation } from '@/lib/release/split-body';
import type { Clock, Timer } from '@/server/consul/clock';
import { type InstantQuery, QueryFailed } from '@/server/prometheus/instant-query';
import type { ObservedShares } from '@/server/release/observed-shares';
import { observationOf } from './observation-of';
import type { Series } from './series';
import { readSeries, type SeriesReading } from './series-reading';

export interface PrometheusSharesOptions {
  readonly query: InstantQuery;
  /** As it may be shown. */
  readonly address: string;
  readonly series: readonly Series[];
  readonly windowSeconds: number;
  readonly datacenterLabel: string;
  readonly clock: Clock;
}

const EVERY_MS = 2_000;
/** A series that has nothing of a service is asked for it again after so long. */
const EMPTY_AGAIN_MS = 10_000;
const AT_A_TIME = 4;
/** One answer that is late is no reason to take what is seen off the page. */
const FAILURES_BORNE = 1;

interface Followed {
  readonly dc: string;
  readonly service: string;
  /** By the name of the series. */
  readonly readings: Map<string, SeriesReading & { readonly readAtMs: number }>;
  failures: number;
  /** Why it could not be read the last time; null: it could. */
  trouble: string | null;
}

/** Reads every two seconds what Prometheus has counted of the services that are followed. */
export class PrometheusShares implements ObservedShares {
  readonly #options: PrometheusSharesOptions;
  readonly #followed = new Map<string, Followed>();
  readonly #listeners: (() => void)[] = [];
  #timer: Timer | null = null;
  #stopping: AbortController | null = null;

  constructor(options: PrometheusSharesOptions) {
    this.#options = options;
  }

  of(dc: string, service: string, versions: readonly string[], mechanism: Mechanism | null = null): Observation {
    const followed = this.#followed.get(keyOf(dc, service));
    if (followed === undefined || (followed.readings.size === 0 && followed.trouble === null)) {
      return {
        state: 'not-observed',
        reason: `What ${service} really gets has not been read yet: that is done while its traffic is divided, or somebody looks at it.`,
      };
    }
    if (followed.trouble !== null && (followed.failures > FAILURES_BORNE || followed.readings.size === 0)) {
      return { state: 'not-observed', reason: followed.trouble };
    }
    const { windowSeconds, series } = this.#options;
    const readings = series.flatMap(({ name }) => followed.readings.get(name) ?? []);
    return observationOf({ dc, service, versions, mechanism, readings, windowSeconds });
  }

  follow(keys: readonly string[]): void {
    const wanted = new Set(keys);
    for (const key of this.#followed.keys()) if (!wanted.has(key)) this.#followed.delete(key);
    for (const key of wanted) {
      const [dc = '', service = ''] = key.split('/').map(decodeURIComponent);
      if (!this.#followed.has(key)) {
        this.#followed.set(key, { dc, service, readings: new Map(), failures: 0, trouble: null });
      }
    }
  }

  onReading(listener: () => void): void {
    this.#listeners.push(listener);
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

  async #round(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    const beganAtMs = clock.now();
    const left = [...this.#followed.values()];
    await Promise.all(
      Array.from({ length: AT_A_TIME }, async () => {
        for (let one = left.shift(); one !== undefined && !signal.aborted; one = left.shift()) {
          await this.#read(one, signal);
        }
      }),
    );
    if (signal.aborted) return;
    if (this.#followed.size > 0) for (const listener of this.#listeners) listener();
    const restMs = Math.max(0, beganAtMs + EVERY_MS - clock.now());
    this.#timer = clock.setTimeout(() => void this.#round(signal), restMs);
  }

  async #read(followed: Followed, signal: AbortSignal): Promise<void> {
    const { query, series, windowSeconds, datacenterLabel, clock, address } = this.#options;
    const { dc, service, readings } = followed;
    try {
      for (const one of series) {
        const last = readings.get(one.name);
        if (last?.newestMs === null && clock.now() - last.readAtMs < EMPTY_AGAIN_MS) continue;
        const reading = await readSeries(query, one, { dc, service, windowSeconds, datacenterLabel }, signal);
        readings.set(one.name, { ...reading, readAtMs: clock.now() });
      }
      followed.failures = 0;
      followed.trouble = null;
    } catch (error) {
      if (!(error instanceof QueryFailed)) throw error;
      followed.failures += 1;
      followed.trouble = `Prometheus at ${address} cannot be read (${error.message}): what real traffic does is not seen, and nothing else depends on it.`;
    }
  }
}

const keyOf = (dc: string, service: string): string => `${encodeURIComponent(dc)}/${encodeURIComponent(service)}`;
