import { datacenterSubject } from './subjects';
import type { Transition } from './transition';
import { TransitionList, type TransitionOrigin } from './transition-origin';

/** What the record keeps of a datacenter itself. */
export interface RecordedDatacenter {
  /** As Lictor publishes it: `live`, `stale`, `lost`, `denied`. */
  readonly freshness: string;
  /** Of Consul; null while none is known. */
  readonly leader: string | null;
}

/**
 * From one state of a datacenter to the next; undefined: it is not there. A leader that is not known for a while is no transition: only one that follows
 * another is, from whom to whom.
 */
export function datacenterTransitions(
  dc: string,
  previous: RecordedDatacenter | undefined,
  next: RecordedDatacenter | undefined,
  origin: TransitionOrigin,
): readonly Transition[] {
  const list = new TransitionList(datacenterSubject(dc), origin);
  if (!next) {
    if (previous) list.add('deregistered', previous.freshness, null);
    return list.all;
  }
  list.differs('freshness', previous?.freshness ?? null, next.freshness);
  if (next.leader !== null) list.differs('leader', previous?.leader ?? null, next.leader);
  return list.all;
}
