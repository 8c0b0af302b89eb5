import type { Leadership } from '@/server/leadership/leadership';

type State = Leadership['state'];

/** Leads when a test says so. */
export class SwitchedLeadership implements Pick<Leadership, 'state' | 'onChange'> {
  readonly #listeners: ((state: State) => void)[] = [];
  state: State;

  constructor(leads = true) {
    this.state = stateOf(leads);
  }

  onChange(listener: (state: State) => void): void {
    this.#listeners.push(listener);
  }

  set(leads: boolean): void {
    this.state = stateOf(leads);
    for (const listener of this.#listeners) listener(this.state);
  }
}

const stateOf = (leads: boolean): State => ({
  ...{ leads, since: '2026-11-27T08:00:00.000Z', holder: null, by: 'session', reason: null },
});
