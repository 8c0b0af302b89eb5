import { noteChecks } from './check-transitions';
import type { RecordedInstance } from './recorded';
import { addressJson, instanceJson, metaJson, tagsJson, weightsJson } from './recorded-json';
import { instanceSubject } from './subjects';
import type { Transition } from './transition';
import { TransitionList, type TransitionOrigin } from './transition-origin';

/** From one record of an instance to the next; undefined: it is not there. What its checks print is no transition. */
export function instanceTransitions(
  dc: string,
  service: string,
  previous: RecordedInstance | undefined,
  next: RecordedInstance | undefined,
  origin: TransitionOrigin,
): readonly Transition[] {
  const known = next ?? previous;
  if (previous === next || !known) return [];
  const list = new TransitionList(instanceSubject(dc, service, known), origin);
  if (!next) list.add('deregistered', known.status, null);
  else if (!previous) list.add('registered', null, instanceJson(next));
  else noteDifference(list, previous, next);
  return list.all;
}

function noteDifference(list: TransitionList, previous: RecordedInstance, next: RecordedInstance): void {
  list.differs('version', previous.version, next.version);
  list.differs('address', addressJson(previous.address, previous.port), addressJson(next.address, next.port));
  // A live record keeps what did not change by identity or not at all: texts are compared, and made only where the objects differ.
  if (previous.tags !== next.tags) list.differs('tags', tagsJson(previous.tags), tagsJson(next.tags));
  if (previous.meta !== next.meta) list.differs('meta', metaJson(previous.meta), metaJson(next.meta));
  if (previous.weights !== next.weights) {
    list.differs('weights', weightsJson(previous.weights), weightsJson(next.weights));
  }
  noteChecks(list, 'service', previous.checks, next.checks);
  list.differs('status', previous.status, next.status);
}
