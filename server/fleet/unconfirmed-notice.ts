import type { Unconfirmed } from '@/lib/fleet/model';
import type { DatacenterContact } from './datacenter-contact';
import type { WatchContext } from './watch-context';

/** Says what of one datacenter is shown as unknown because answers name it no longer, and why it is not taken for gone. */
export class UnconfirmedNotice {
  #since: string | null = null;
  #failure: string | null = null;
  #said = false;

  constructor(
    private readonly context: WatchContext,
    private readonly contact: DatacenterContact,
  ) {}

  /** Why the last attempt to confirm it failed; null: it did not. */
  failed(sentence: string | null): void {
    this.#failure = sentence;
  }

  get now(): Unconfirmed | null {
    const { dc, clock, store } = this.context;
    const { instances, nodes } = store.doubts.held(dc);
    // What only awaits its right is gone in a moment, or becomes one of these.
    if (!store.doubts.alarmed(dc)) {
      this.#since = null;
      this.#failure = null;
      return null;
    }
    this.#since ??= clock.iso(clock.now());
    return { instances: instances.size, nodes: nodes.size, since: this.#since, reason: this.#reason };
  }

  /** Logs the beginning and the end, once each. */
  look(log: { warn(details: object, message: string): void }): void {
    const { now } = this;
    if ((now !== null) === this.#said) return;
    this.#said = now !== null;
    const { dc } = this.context;
    if (now) log.warn({ dc, instances: now.instances, nodes: now.nodes }, now.reason);
    else log.warn({ dc }, `Nothing is missing from ${dc} any more without it being known what became of it.`);
  }

  get #reason(): string {
    const missing = this.contact.missingRights;
    if (missing !== null) return missing;
    const wait =
      'Much is missing from Consul’s answers at once, so it is not taken for gone before its leader confirms it.';
    return this.#failure === null ? wait : `${wait} The last attempt failed: ${this.#failure}`;
  }
}
