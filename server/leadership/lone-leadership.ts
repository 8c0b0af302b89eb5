import type { LeadershipState } from '@/lib/system/leadership-state';
import type { Clock } from '@/server/consul/clock';
import type { Leadership } from './leadership';
import { Standing } from './standing';

/** Leads itself: what it records is its own, and nobody else could write it twice. */
export class LoneLeadership implements Leadership {
  readonly #standing: Standing;

  /** @param reason why it is not by a session, a sentence */
  constructor(
    private readonly name: string,
    private readonly reason: string,
    clock: Clock,
  ) {
    this.#standing = new Standing(clock, 'alone');
  }

  get state(): LeadershipState {
    return this.#standing.state;
  }

  onChange(listener: (state: LeadershipState) => void): void {
    this.#standing.onChange(listener);
  }

  start(): void {
    this.#standing.set({ leads: true, holder: this.name, reason: this.reason });
  }

  async stop(): Promise<void> {
    this.#standing.set({ leads: false, holder: null, reason: 'It is closing.' });
  }
}
