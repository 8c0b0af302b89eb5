import type { RecordedTransition, TransitionItem } from './transition';

/** A transition as the API answers it. */
export function transitionItem(transition: RecordedTransition): TransitionItem {
  const { id, observedAtMs, index, subject, kind, item, from, to, merged, unwatchedFromMs } = transition;
  return {
    ...{ id, observedAt: new Date(observedAtMs).toISOString(), index, dc: subject.dc },
    ...{ subject: subject.key, subjectKind: subject.kind, service: subject.service, node: subject.node },
    ...{ kind, item, from, to, merged },
    unwatchedFrom: unwatchedFromMs === null ? null : new Date(unwatchedFromMs).toISOString(),
  };
}
