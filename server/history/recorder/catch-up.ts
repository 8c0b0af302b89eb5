import type { Transition } from '@/lib/history/transition';
import type { LastRecorded, RecordedKind } from './recorded-kind';
import type { Held } from './subject-ledger';

export interface CatchUp<State> {
  readonly dc: string;
  readonly name: string;
  readonly kind: Pick<RecordedKind<State>, 'difference'>;
  /** Undefined: the record holds it for absent. */
  readonly recorded: LastRecorded<State> | undefined;
  readonly held: Held<State>;
  readonly present: State | undefined;
  readonly nowMs: number;
  /** Until when the record is complete, ms since 1970; 0: it knows nothing of this datacenter. */
  readonly recordedUntilMs: number;
  /** What is held reaches back to then. */
  readonly isCovered: boolean;
}

/**
 * The transitions from what is recorded of a subject to its present state: by each observation that was held and is not written yet, and at last by whatever
 * still differs. Each is a difference to the state before it, so that nothing is written twice, whoever wrote what before.
 */
export function catchUpTransitions<State>(given: CatchUp<State>): readonly Transition[] {
  const { dc, name, kind, recorded, held, present, recordedUntilMs } = given;
  const unwritten = held.observations.filter(({ index, observedAtMs }) =>
    index !== null && recorded?.lastIndex != null ? index > recorded.lastIndex : observedAtMs > recordedUntilMs,
  );
  const transitions: Transition[] = [];
  let state = recorded?.state;
  let unwatchedFromMs = given.isCovered && !held.incomplete ? null : recordedUntilMs;
  for (const { next, observedAtMs, index, merged } of unwritten) {
    transitions.push(...kind.difference(dc, name, state, next, { observedAtMs, index, merged, unwatchedFromMs }));
    state = next;
    unwatchedFromMs = null;
  }
  const last = held.observations.at(-1);
  const origin = { observedAtMs: last?.observedAtMs ?? given.nowMs, index: last?.index ?? null };
  transitions.push(
    ...kind.difference(dc, name, state, present, { ...origin, merged: true, unwatchedFromMs: recordedUntilMs }),
  );
  return transitions;
}
