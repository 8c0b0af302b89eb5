import { type Contact, judgeFreshness } from '@/lib/fleet/freshness';
import type { DatacenterRecord, Freshness } from '@/lib/fleet/model';
import type { ProbeReport } from '@/server/consul/probe';

/** Remembers what was really seen of one datacenter, and judges its freshness from that alone. */
export class DatacenterContact {
  #contact: Contact;
  #freshness: Freshness;

  constructor(
    private readonly name: string,
    nowMs: number,
  ) {
    this.#contact = { watchedSinceMs: nowMs, lastContactAtMs: null, leader: null, denied: null, failure: null };
    this.#freshness = judgeFreshness(this.#contact, nowMs, null);
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

  denied(reason: string | null): void {
    this.#contact = { ...this.#contact, denied: reason };
  }

  probed(report: ProbeReport): void {
    if (report.ok) {
      this.contacted(report.atMs);
      this.#contact = { ...this.#contact, leader: report.leader };
    } else {
      this.#contact = { ...this.#contact, failure: report.error.message };
    }
  }

  judge(nowMs: number): DatacenterRecord {
    this.#freshness = judgeFreshness(this.#contact, nowMs, this.#freshness);
    const leader = this.#freshness.state === 'lost' ? null : this.#contact.leader;
    return { name: this.name, freshness: this.#freshness, partial: false, leader };
  }
}
