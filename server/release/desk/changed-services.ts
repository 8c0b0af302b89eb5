import type { Clock } from '@/server/consul/clock';

/** How long a turn may take before others have theirs, ms. */
const TURN_MS = 5;

export interface ChangedServicesOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** Calls it in a later turn. */
  later(act: () => void): void;
  take(dc: string, name: string): void;
}

/**
 * Services of which the fleet saw something else, each told once, a few ms of them a turn. What a split is made of is worked out anew for each, and the turn in
 * which a lost node changes a hundred of them is the one that everybody waits for.
 */
export class ChangedServices {
  readonly #due = new Map<string, readonly [dc: string, name: string]>();

  constructor(private readonly options: ChangedServicesOptions) {}

  add(dc: string, name: string): void {
    this.#due.set(`${dc}/${name}`, [dc, name]);
    if (this.#due.size === 1) this.options.later(() => this.#turn());
  }

  #turn(): void {
    const { clock, later, take } = this.options;
    const untilMs = clock.now() + TURN_MS;
    for (const [key, [dc, name]] of this.#due) {
      if (clock.now() >= untilMs) {
        later(() => this.#turn());
        return;
      }
      this.#due.delete(key);
      take(dc, name);
    }
  }
}
