import { type Contact, judgeFreshness } from '@/lib/fleet/freshness';
import type { DatacenterRecord, Freshness, Unconfirmed } from '@/lib/fleet/model';
import type { Clock } from '@/server/consul/clock';
import type { ProbeReport } from '@/server/consul/probe';
import type { ReadRights } from '@/server/consul/read-rights';

/** Remembers what was really seen of one datacenter and what the token may see, and judges its freshness from that alone. */
export class DatacenterContact {
  #contact: Contact;
  #rights: Pick<ReadRights, 'services' | 'nodes'> = { services: true, nodes: true };
  /** Why the token is refused, by who was told so: the watches, or whoever asked what it may read. */
  readonly #refused = new Map<'watches' | 'rights', string>();
  /** Lists from which Consul left something out, as it said. */
  readonly #filtered = new Set<'services' | 'nodes'>();
  #freshness: Freshness;

  constructor(
    private readonly name: string,
    private readonly clock: Clock,
  ) {
    const nowMs = clock.now();
    this.#contact = { watchedSinceMs: nowMs, lastContactAtMs: null, leader: null, denied: null, failure: null };
    this.#freshness = judgeFreshness(this.#contact, nowMs, clock.iso(nowMs), null);
  }

  contacted(atMs: number): void {
    const lastContactAtMs = Math.max(atMs, this.#contact.lastContactAtMs ?? 0);
    this.#contact = { ...this.#contact, lastContactAtMs, failure: null };
  }

  /**
   * A watch or a read failed. The first sentence stands until an answer comes: where many fail, each speaks of its own path, and a reason that changed with
   * each of them would be published to everyone several times a second.
   */
  failed(sentence: string): void {
    if (this.#contact.failure === null) this.#contact = { ...this.#contact, failure: sentence };
  }

  /** Null: it is not, or no longer. */
  refused(by: 'watches' | 'rights', reason: string | null): void {
    if (reason === null) this.#refused.delete(by);
    else this.#refused.set(by, reason);
  }

  mayRead(rights: Pick<ReadRights, 'services' | 'nodes'>): void {
    this.#rights = rights;
  }

  /** Consul says so since 1.11; before, `filteredByAcls` is never true. */
  listed(what: 'services' | 'nodes', filteredByAcls: boolean): void {
    if (filteredByAcls) this.#filtered.add(what);
    else this.#filtered.delete(what);
  }

  probed(report: ProbeReport): void {
    if (report.ok) {
      this.contacted(report.atMs);
      this.#contact = { ...this.#contact, leader: report.leader };
    } else {
      this.#contact = { ...this.#contact, failure: report.error.message };
    }
  }

  /** `seesAny`: at least one service or node is seen here, not only remembered. */
  judge(nowMs: number, seesAny: boolean, unconfirmed: Unconfirmed | null = null): DatacenterRecord {
    const missing = missingRules(this.#rights);
    // Consul leaves out what may not be read and says nothing: without any right an empty list is a refusal, not an empty datacenter.
    const [refused] = this.#refused.values();
    const denied = refused ?? (missing.length === 2 && !seesAny ? needsRules(missing) : null);
    this.#freshness = judgeFreshness({ ...this.#contact, denied }, nowMs, this.clock.iso(nowMs), this.#freshness);
    const leader = this.#freshness.state === 'lost' ? null : this.#contact.leader;
    const partial = missing.length > 0 || this.#filtered.size > 0;
    return { name: this.name, freshness: this.#freshness, partial, leader, unconfirmed };
  }

  /**
   * What Consul left out although the token may read everything but single names, as a sentence: a rule for one name is not seen by asking for the right to
   * all. Null where it left out nothing, or a missing right tells of it.
   */
  get filteredLists(): string | null {
    if (this.#filtered.size === 0 || missingRules(this.#rights).length > 0) return null;
    const lists = [...this.#filtered].sort().join(' and ');
    return `Consul leaves some ${lists} out of its lists, for a rule of the token denies them by name: take that rule away, or live with a part.`;
  }

  /** What the token lacks to see everything, as a sentence; null where it lacks nothing that can be told. */
  get missingRights(): string | null {
    const missing = missingRules(this.#rights);
    return missing.length > 0 ? needsRules(missing) : null;
  }
}

function missingRules({ services, nodes }: Pick<ReadRights, 'services' | 'nodes'>): string[] {
  const rule = (prefix: string) => `${prefix} "" { policy = "read" }`;
  return [...(services ? [] : [rule('service_prefix')]), ...(nodes ? [] : [rule('node_prefix')])];
}

const needsRules = (rules: readonly string[]): string =>
  `The token may not read everything here, and Consul leaves out the rest without a word: grant ${rules.join(' and ')}.`;
