import { type Contact, judgeFreshness } from '@/lib/fleet/freshness';
import type { DatacenterRecord, Freshness } from '@/lib/fleet/model';
import type { Clock } from '@/server/consul/clock';
import type { ProbeReport } from '@/server/consul/probe';
import type { ReadRights } from '@/server/consul/rights-poll';

/** Remembers what was really seen of one datacenter and what the token may see, and judges its freshness from that alone. */
export class DatacenterContact {
  #contact: Contact;
  #rights: ReadRights = { services: true, nodes: true };
  /** Why watches are refused; null while they are not. */
  #refused: string | null = null;
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

  refused(reason: string | null): void {
    this.#refused = reason;
  }

  mayRead(rights: ReadRights): void {
    this.#rights = rights;
  }

  probed(report: ProbeReport): void {
    if (report.ok) {
      this.contacted(report.atMs);
      this.#contact = { ...this.#contact, leader: report.leader };
    } else {
      this.#contact = { ...this.#contact, failure: report.error.message };
    }
  }

  /** `seesAny`: at least one service is known of here. */
  judge(nowMs: number, seesAny: boolean): DatacenterRecord {
    const missing = missingRules(this.#rights);
    // Consul leaves out what may not be read and says nothing: without any right an empty list is a refusal, not an empty datacenter.
    const denied = this.#refused ?? (missing.length === 2 && !seesAny ? needsRules(missing) : null);
    this.#freshness = judgeFreshness({ ...this.#contact, denied }, nowMs, this.clock.iso(nowMs), this.#freshness);
    const leader = this.#freshness.state === 'lost' ? null : this.#contact.leader;
    return { name: this.name, freshness: this.#freshness, partial: missing.length > 0, leader, unconfirmed: null };
  }

  /** What the token lacks to see everything, as a sentence; null where it lacks nothing that can be told. */
  get missingRights(): string | null {
    const missing = missingRules(this.#rights);
    return missing.length > 0 ? needsRules(missing) : null;
  }
}

function missingRules({ services, nodes }: ReadRights): string[] {
  const rule = (prefix: string) => `${prefix} "" { policy = "read" }`;
  return [...(services ? [] : [rule('service_prefix')]), ...(nodes ? [] : [rule('node_prefix')])];
}

const needsRules = (rules: readonly string[]): string =>
  `The token may not read everything here, and Consul leaves out the rest without a word: grant ${rules.join(' and ')}.`;
