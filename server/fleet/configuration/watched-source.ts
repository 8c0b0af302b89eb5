import type { ConfigurationChange, ConfigurationFact } from '@/lib/configuration/configuration-fact';
import { diffFacts } from '@/lib/configuration/diff-facts';
import type { Reading } from '@/lib/system/consul-health';
import type { Clock } from '@/server/consul/clock';
import type { ConsulTransport } from '@/server/consul/transport';
import { watch } from '@/server/consul/watch';
import type { Watch, WatchChange } from '@/server/consul/watch-options';
import type { ConfigurationSource } from './configuration-source';
import type { SourceFacts } from './source-facts';

export interface WatchedSourceOptions {
  readonly dc: string;
  readonly source: ConfigurationSource;
  readonly transport: ConsulTransport;
  readonly clock: Clock;
  readonly random: () => number;
  /** How long a waiting query stands at Consul, ms. */
  readonly waitMs: () => number;
  /** Not null: it does not wait, and is read so often, ms. */
  readonly pollMs: () => number | null;
  /** What was there before it could be seen (at the first read, or without the right to it): it did not change under watch. */
  readonly onBaseline: (facts: ReadonlyMap<string, ConfigurationFact>) => void;
  readonly onChange: (change: ConfigurationChange) => void;
  /** The token may read all of it, and it was read: what is not among the facts is not there. Told once. */
  readonly onComplete: () => void;
  /** What an answer leaves out is not there, or may not be read: that is to be asked. Answered by `takeRight`. */
  readonly onUncertain: () => void;
  /** The reason of the state that it brings about says it; the datacenter's freshness is none of its business. */
  readonly onError: (error: Error) => void;
}

type Facts = ReadonlyMap<string, ConfigurationFact>;

type Stamp = Pick<ConfigurationChange, 'observedAt' | 'index' | 'merged'>;

interface Answer {
  readonly facts: Facts;
  readonly stamp: Stamp;
  readonly atMs: number;
  /** Why not all of it could be read, a sentence. */
  readonly unreadable: string | null;
}

/** Follows one question. What an answer leaves out is gone only once it is known that the token may read it. */
export class WatchedSource {
  readonly #options: WatchedSourceOptions;
  readonly #watch: Watch;
  /** As told to the others; null before the first read. */
  #told: Map<string, ConfigurationFact> | null = null;
  /** The last answer, and when it came. */
  #last: Answer | null = null;
  #readAt: string | null = null;
  #trouble: string | null = null;
  #denied = false;
  /** Null: not asked yet. */
  #mayRead: boolean | null = null;
  #isComplete = false;

  constructor(options: WatchedSourceOptions) {
    this.#options = options;
    const { source, dc, transport, clock, random, waitMs, pollMs } = options;
    this.#watch = watch<SourceFacts>({
      ...{ transport, clock, random, waitMs, pollMs, path: source.path },
      query: { ...source.query, dc },
      ...(source.acceptStatuses && { acceptStatuses: source.acceptStatuses }),
      decode: (answer) => source.facts(answer, dc),
      onChange: (change) => this.#take(change),
      onContact: ({ receivedAtMs }) => {
        this.#readAt = clock.iso(receivedAtMs);
      },
      onState: (state, reason) => {
        this.#denied = state === 'denied';
        this.#trouble = reason;
      },
      onError: options.onError,
    });
  }

  get facts(): readonly ConfigurationFact[] {
    return [...(this.#told?.values() ?? [])];
  }

  get isLive(): boolean {
    return this.#watch.state === 'live';
  }

  get reading(): Reading {
    const { source } = this.#options;
    const missing = this.#denied || this.#mayRead === false;
    const problem = this.#trouble ?? this.#last?.unreadable ?? (missing ? this.#withheld : null);
    return { source: source.path, readAt: this.#readAt, problem, missingRule: missing ? source.rule : null };
  }

  /** Whether the token may read all of it. An answer that came after `askedAtMs` may have been given with other rights. */
  takeRight(allowed: boolean, askedAtMs: number): void {
    const regained = allowed && this.#mayRead === false;
    this.#mayRead = allowed;
    // The last answer was given without the right, and a right that is given wakes no watch.
    if (regained) this.#watch.readAgain();
    else if (allowed && this.#last && this.#last.atMs <= askedAtMs) this.#settle(this.#last);
  }

  retryNow(): void {
    this.#watch.retryNow();
    this.#watch.readAgain();
  }

  stop(): void {
    this.#watch.stop();
  }

  get #withheld(): string {
    const { source, dc } = this.#options;
    return `The token may not read all of ${source.path} in ${dc}: Consul leaves out the rest without a word, and what was seen of it before is kept as it was.`;
  }

  #take({ value, index, merged, atMs }: WatchChange<SourceFacts>): void {
    const before = this.#last;
    const stamp = { observedAt: this.#options.clock.iso(atMs), index, merged };
    this.#last = { facts: value.facts, stamp, atMs, unreadable: value.failures[0] ?? null };
    if (this.#told === null || before === null) {
      this.#told = new Map(value.facts);
      this.#options.onBaseline(value.facts);
      this.#options.onUncertain();
      return;
    }
    this.#takeUnseen(value.facts, before.stamp.index);
    const kept = new Map([...this.#told, ...value.facts]);
    this.#tell(kept, stamp);
    if (kept.size > value.facts.size) this.#options.onUncertain();
  }

  /** What was written before the answer of before, and was not in it, may be read now and could not be then. */
  #takeUnseen(facts: Facts, indexBefore: number | null): void {
    const told = this.#told ?? new Map();
    const unseen = [...facts].filter(([key, fact]) => !told.has(key) && fact.modifyIndex <= (indexBefore ?? 0));
    if (unseen.length === 0) return;
    this.#told = new Map([...told, ...unseen]);
    this.#options.onBaseline(new Map(unseen));
  }

  /** What the last answer left out is gone, unless a record of it could not be read: that may be it. */
  #settle({ facts, stamp, unreadable }: Answer): void {
    if (!this.#told || unreadable !== null) return;
    this.#tell(facts, stamp);
    if (this.#isComplete) return;
    this.#isComplete = true;
    this.#options.onComplete();
  }

  #tell(facts: Facts, stamp: Stamp): void {
    const changes = diffFacts(this.#told ?? new Map(), facts, stamp);
    this.#told = new Map(facts);
    for (const change of changes) this.#options.onChange(change);
  }
}
