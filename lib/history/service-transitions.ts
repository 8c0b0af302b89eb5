import { compareText } from '@/lib/fleet/observe-checks';
import { instanceTransitions } from './instance-transitions';
import type { RecordedInstance, RecordedService } from './recorded';
import { serviceSubject } from './subjects';
import type { Transition } from './transition';
import { TransitionList, type TransitionOrigin } from './transition-origin';

/** What a difference of services is made of; both a recorded one and a live one give it. */
export type ServiceState = Pick<RecordedService, 'status' | 'instances'>;

/**
 * From one state of a service to the next; undefined: it is not there. A service comes before its instances and goes after them; between, its
 * instances' transitions stand before its own, in the order of their keys.
 */
export function serviceTransitions(
  dc: string,
  name: string,
  previous: ServiceState | undefined,
  next: ServiceState | undefined,
  origin: TransitionOrigin,
): Transition[] {
  const own = new TransitionList(serviceSubject(dc, name), origin);
  if (!previous && next) own.add('registered', null, next.status);
  const all = [...own.all];
  for (const [before, after] of byKey(previous?.instances ?? [], next?.instances ?? [])) {
    all.push(...instanceTransitions(dc, name, before, after, origin));
  }
  const rest = new TransitionList(serviceSubject(dc, name), origin);
  if (previous && next) {
    if (all.length > 0) noteDeployments(rest, previous.instances, next.instances);
    rest.differs('status', previous.status, next.status);
  } else if (previous) {
    rest.add('deregistered', previous.status, null);
  }
  all.push(...rest.all);
  return all;
}

/** Pairs of the same key from two lists that are sorted by it. */
function* byKey(
  previous: readonly RecordedInstance[],
  next: readonly RecordedInstance[],
): Generator<[RecordedInstance | undefined, RecordedInstance | undefined]> {
  let at = 0;
  for (const after of next) {
    let before = previous[at];
    while (before && compareText(before.key, after.key) < 0) {
      yield [before, undefined];
      at += 1;
      before = previous[at];
    }
    if (before?.key === after.key) {
      at += 1;
      if (before !== after) yield [before, after];
    } else {
      yield [undefined, after];
    }
  }
  for (const before of previous.slice(at)) yield [before, undefined];
}

/** A version is deployed where no instance had it; of a service that had no instance nothing is known. */
function noteDeployments(
  list: TransitionList,
  previous: readonly RecordedInstance[],
  next: readonly RecordedInstance[],
): void {
  if (previous.length === 0) return;
  const before = new Set(previous.map(({ version }) => version));
  const fresh = new Set(next.map(({ version }) => version).filter((version) => !before.has(version)));
  const from = [...before].sort(compareText).join(', ');
  for (const version of [...fresh].sort(compareText)) list.add('deployment', from, version);
}
