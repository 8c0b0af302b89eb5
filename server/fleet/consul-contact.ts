import type { ConsulReach } from '@/lib/fleet/model';

/** Whether the configured address answers, and since when. */
export class ConsulContact {
  #reach: ConsulReach;

  constructor(address: string, nowIso: string) {
    this.#reach = { address, reachable: false, since: nowIso, reason: `Consul at ${address} was not asked yet.` };
  }

  get reach(): ConsulReach {
    return this.#reach;
  }

  answered(nowIso: string): void {
    if (!this.#reach.reachable) this.#reach = { ...this.#reach, reachable: true, since: nowIso, reason: null };
  }

  failed(nowIso: string, sentence: string): void {
    const since = this.#reach.reachable ? nowIso : this.#reach.since;
    this.#reach = { ...this.#reach, reachable: false, since, reason: sentence };
  }
}
