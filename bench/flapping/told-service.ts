import { instanceKey } from '@/lib/fleet/keys';
import { compareText } from '@/lib/fleet/observe-checks';
import { statusOfChecks, statusOfInstances } from '@/lib/fleet/status';
import type { RecordedInstance } from '@/lib/history/recorded';
import { type ServiceState, serviceTransitions } from '@/lib/history/service-transitions';
import type { Transition } from '@/lib/history/transition';
import type { Step } from './labelled-history';

const DC = 'dc1';
const SERVICE = 'web';
/** From a check's end to Lictor's seeing it. */
const SEEN_AFTER_MS = 10;

/** Something happens to one instance, ms since the story's beginning. `status` null: it is deregistered; a version: it registers itself (again) with that. */
export interface Happening {
  readonly atMs: number;
  readonly instance: string;
  readonly status: Step['status'] | null;
  readonly version?: string;
}

/** What Lictor's recorder makes of it, and the service's own status. */
export interface Told {
  readonly transitions: Transition[];
  readonly service: Step[];
}

/** Tells what happens to a service's instances, by the differences that the recorder itself makes. */
export function tell(happenings: readonly Happening[], startMs: number): Told {
  const transitions: Transition[] = [];
  const service: Step[] = [];
  const instances = new Map<string, RecordedInstance>();
  let state: ServiceState | undefined;
  const sorted = [...happenings].sort((a, b) => a.atMs - b.atMs);
  for (let at = 0; at < sorted.length; ) {
    const { atMs } = sorted[at] as Happening;
    for (; sorted[at]?.atMs === atMs; at += 1) happen(instances, sorted[at] as Happening);
    const next = stateOf(instances);
    const observedAtMs = Math.round(startMs + atMs + SEEN_AFTER_MS);
    // What is there at the beginning was there before anyone looked.
    const unwatchedFromMs = state ? null : 0;
    const origin = { observedAtMs, index: null, merged: false, unwatchedFromMs };
    for (const transition of serviceTransitions(DC, SERVICE, state, next, origin)) transitions.push(transition);
    if (next.status !== state?.status) service.push({ atMs, status: next.status as Step['status'] });
    state = next;
  }
  return { transitions, service };
}

function happen(instances: Map<string, RecordedInstance>, { instance, status, version }: Happening): void {
  const known = instances.get(instance);
  if (status === null) {
    instances.delete(instance);
    return;
  }
  const checks = [{ id: `service:${instance}`, scope: 'service' as const, status }];
  const node = `node-${instance}`;
  instances.set(instance, {
    ...(known ?? blank(node, instance)),
    ...(version === undefined ? {} : { version, meta: { version } }),
    ...{ checks, status: statusOfChecks(checks) },
  });
}

const blank = (node: string, id: string): RecordedInstance => ({
  ...{ key: instanceKey(DC, node, id), id, node, address: '10.0.0.1', port: 80, version: '1.0.0', tags: [], meta: {} },
  ...{ weights: { passing: 1, warning: 1 }, status: 'passing', checks: [] },
});

function stateOf(instances: ReadonlyMap<string, RecordedInstance>): ServiceState {
  const all = [...instances.values()].sort((a, b) => compareText(a.key, b.key));
  return { instances: all, status: statusOfInstances(all.map(({ status }) => status)) };
}
