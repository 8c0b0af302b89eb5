import type { LeadershipState } from '@/lib/system/leadership-state';
import type { Clock } from '@/server/consul/clock';

type Facts = Omit<LeadershipState, 'since'>;
type Listener = (state: LeadershipState) => void;

/** A state of leadership with its beginning, and those who are told when it is another. */
export class Standing {
  readonly #listeners: Listener[] = [];
  #state: LeadershipState;

  constructor(
    private readonly clock: Clock,
    by: LeadershipState['by'],
  ) {
    this.#state = { leads: false, holder: null, by, reason: null, since: clock.iso(clock.now()) };
  }

  get state(): LeadershipState {
    return this.#state;
  }

  onChange(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** Who leads, and how, begins anew; another reason alone does not. */
  set(change: Partial<Facts>): void {
    const before = this.#state;
    const facts = { ...before, ...change };
    const same = facts.leads === before.leads && facts.holder === before.holder && facts.by === before.by;
    if (same && facts.reason === before.reason) return;
    this.#state = { ...facts, since: same ? before.since : this.clock.iso(this.clock.now()) };
    for (const listener of this.#listeners) listener(this.#state);
  }
}
