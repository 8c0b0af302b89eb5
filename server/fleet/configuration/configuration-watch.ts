import type { ConfigurationChange, ConfigurationFact } from '@/lib/configuration/configuration-fact';
import type { Reading } from '@/lib/system/consul-health';
import { authorize } from '@/server/consul/authorize';
import { backoffMs } from '@/server/consul/backoff';
import type { Clock, Timer } from '@/server/consul/clock';
import { ConsulError } from '@/server/consul/consul-error';
import { Pause } from '@/server/consul/pause';
import { read } from '@/server/consul/read';
import type { ConsulTransport } from '@/server/consul/transport';
import {
  CONFIG_ENTRIES,
  type ConfigurationScope,
  type ConfigurationSource,
  ENTRIES_BY_KIND,
  INTENTIONS,
  isUnknownKind,
  keysUnder,
} from './configuration-source';
import { decodeTrustDomain, type Federations } from './federations';
import { WatchedSource } from './watched-source';

/** A right that is given or taken wakes no watch: so often it is asked for, ms. */
const ASK_RIGHTS_EVERY_MS = 30_000;
/** Without room among those that wait each question is asked so often, ms. */
const POLL_MS = 10_000;
/** After a failure, ms. */
const ASK_AGAIN_MS = 3_000;
/** A datacenter that has just begun gets its root of its primary after some seconds. */
const FEDERATION_AGAIN_MS = 2_000;
const LIMIT_MS = 4_500;

/** What becomes of what is seen. */
export interface ConfigurationListener {
  /** All that one question showed at its first read. */
  baseline(dc: string, facts: readonly ConfigurationFact[]): void;
  changed(change: ConfigurationChange): void;
  /** All of a scope was seen, with the right to see it: what was not named is not there. Told once. */
  complete(dc: string, scope: ConfigurationScope): void;
}

export interface ConfigurationWatchOptions {
  readonly dc: string;
  readonly transport: ConsulTransport;
  readonly clock: Clock;
  readonly random: () => number;
  /** How long a waiting query stands at Consul, ms. */
  readonly waitMs: () => number;
  /** Whether there is room for its questions among those that wait. */
  readonly mayWait: () => boolean;
  /** Of keys; 20 at most. */
  readonly kvPrefixes: readonly string[];
  readonly federations: Federations;
  readonly listener: ConfigurationListener;
}

/**
 * Watches what is configured in one datacenter: keys under the chosen prefixes, and entries and intentions where they are written, which is in the primary
 * of a federation alone. It says nothing about the freshness of the datacenter.
 */
export class ConfigurationWatch {
  readonly #options: ConfigurationWatchOptions;
  readonly #sources: Map<ConfigurationSource, WatchedSource>;
  readonly #end = new AbortController();
  readonly #pause: Pause;
  #timer: Timer | undefined;
  /** What asks for entries here: one question, or one for each kind. */
  #entries: readonly ConfigurationSource[] = [CONFIG_ENTRIES];
  #asking = false;
  #askAgain = false;

  constructor(options: ConfigurationWatchOptions) {
    this.#options = options;
    this.#pause = new Pause(options.clock);
    this.#sources = new Map();
    options.federations.add(options.dc);
    for (const prefix of options.kvPrefixes) this.#watch(keysUnder(prefix));
    this.tick();
    void this.#askFederation();
    void this.#askRights();
  }

  /** What is known, as last told. */
  current(): readonly ConfigurationFact[] {
    return [...this.#sources.values()].flatMap(({ facts }) => facts);
  }

  /** To be called often: where entries are written becomes known, and may become another place. */
  tick(): void {
    const { federations, dc } = this.#options;
    const isWritten = federations.isWrittenIn(dc);
    if (isWritten === null) return;
    if (isWritten === this.#sources.has(INTENTIONS)) return;
    for (const source of [...this.#entries, INTENTIONS]) {
      if (isWritten) this.#watch(source);
      else this.#unwatch(source);
    }
    if (isWritten) void this.#askRights();
  }

  get readings(): Reading[] {
    return [...this.#sources.values()].map(({ reading }) => reading);
  }

  /** Questions that are asked, waiting or not. */
  get questions(): number {
    return this.#sources.size;
  }

  /** Waiting queries. */
  get size(): number {
    return this.#options.mayWait() ? this.#sources.size : 0;
  }

  /** Reads a second while nothing happens. */
  get readsPerSecond(): number {
    const { mayWait, waitMs } = this.#options;
    return (this.#sources.size * 1_000) / (mayWait() ? waitMs() : POLL_MS);
  }

  /** What it does where it cannot wait, in a sentence; null while it waits. */
  get explanation(): string | null {
    if (this.#sources.size === 0 || this.#options.mayWait()) return null;
    return `What is configured is read every ${POLL_MS / 1_000} s, to leave the waiting queries to the health of services.`;
  }

  get notLive(): number {
    return [...this.#sources.values()].filter(({ isLive }) => !isLive).length;
  }

  /** The token is another one. */
  retryNow(): void {
    for (const source of this.#sources.values()) source.retryNow();
    void this.#askRights();
  }

  stop(): void {
    this.#end.abort();
    this.#options.federations.remove(this.#options.dc);
    this.#pause.end();
    if (this.#timer) this.#options.clock.clearTimeout(this.#timer);
    for (const source of [...this.#sources.keys()]) this.#unwatch(source);
  }

  #watch(source: ConfigurationSource): void {
    const { listener, dc, kvPrefixes: _, federations: __, mayWait, ...context } = this.#options;
    const watched = new WatchedSource({
      ...{ ...context, dc, source, pollMs: () => (mayWait() ? null : POLL_MS) },
      onBaseline: (facts) => listener.baseline(dc, [...facts.values()]),
      onChange: (change) => listener.changed(change),
      onComplete: () => listener.complete(dc, source.scope),
      onUncertain: () => void this.#askRights(),
      onError: (error) => {
        if (isUnknownKind(error)) this.#drop(source);
      },
    });
    this.#sources.set(source, watched);
  }

  /** It cannot be answered here. */
  #drop(source: ConfigurationSource): void {
    this.#unwatch(source);
    if (source !== CONFIG_ENTRIES) {
      this.#entries = this.#entries.filter((one) => one !== source);
      return;
    }
    this.#entries = ENTRIES_BY_KIND;
    for (const one of ENTRIES_BY_KIND) this.#watch(one);
    void this.#askRights();
  }

  #unwatch(source: ConfigurationSource): void {
    this.#sources.get(source)?.stop();
    this.#sources.delete(source);
  }

  /** Until Consul has said to which federation the datacenter belongs. */
  async #askFederation(): Promise<void> {
    const { transport, dc, federations, random } = this.#options;
    const { signal } = this.#end;
    for (let failures = 0; !signal.aborted; failures += 1) {
      if (failures > 0) await this.#pause.sleep(Math.min(FEDERATION_AGAIN_MS, backoffMs(failures, random())));
      try {
        const { value } = await read(transport, {
          path: '/v1/connect/ca/roots',
          query: { dc },
          timeoutMs: LIMIT_MS,
          signal,
          // What the statuses mean is told by the words beside them.
          acceptStatuses: [200, 500],
          decode: decodeTrustDomain,
        });
        if (value === undefined) continue;
        if (!signal.aborted) federations.belongs(dc, value);
        return;
      } catch (error) {
        if (!(error instanceof ConsulError)) throw error;
        // It is asked again; the datacenter's own watches say what is wrong.
      }
    }
  }

  /** Asked for all sources at once. Who asks while it is under way is answered by another question. */
  async #askRights(): Promise<void> {
    this.#askAgain = true;
    if (this.#asking || this.#end.signal.aborted) return;
    this.#asking = true;
    while (this.#askAgain && !this.#end.signal.aborted) {
      this.#askAgain = false;
      await this.#askOnce();
    }
    this.#asking = false;
  }

  async #askOnce(): Promise<void> {
    const { transport, dc, clock } = this.#options;
    const { signal } = this.#end;
    if (this.#timer) clock.clearTimeout(this.#timer);
    let nextMs = ASK_RIGHTS_EVERY_MS;
    const asked = [...this.#sources];
    const askedAtMs = clock.now();
    try {
      const rights = asked.map(([source]) => source.right);
      const allowed = rights.length === 0 ? [] : await authorize({ transport, datacenter: dc, signal }, rights);
      if (signal.aborted) return;
      // Null: ACLs are off.
      for (const [at, [, watched]] of asked.entries()) watched.takeRight(allowed?.[at] ?? allowed === null, askedAtMs);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ConsulError)) throw error;
      // What is missing stays unconfirmed; the datacenter's own watches say what is wrong.
      nextMs = ASK_AGAIN_MS;
    }
    this.#timer = clock.setTimeout(() => void this.#askRights(), nextMs);
  }
}
