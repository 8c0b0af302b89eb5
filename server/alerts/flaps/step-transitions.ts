import type { NodeDetail } from '@/lib/fleet/observe-node';
import type { ServiceDetail } from '@/lib/fleet/observe-service';
import { nodeTransitions, recordedNode } from '@/lib/history/node-transitions';
import { serviceTransitions } from '@/lib/history/service-transitions';
import { lictorSubject } from '@/lib/history/subjects';
import type { Transition } from '@/lib/history/transition';
import type { Step } from '@/server/fleet/fleet-observer';

/** Transitions of what the store takes in, as the record makes them. @param unwatchedFromMs as of a transition */

export function ofService(step: Step<ServiceDetail>, unwatchedFromMs: number | null): readonly Transition[] {
  const { dc, name, previous, next } = step;
  return serviceTransitions(dc, name, stateOf(previous), stateOf(next), originOf(step, unwatchedFromMs));
}

export function ofNode(step: Step<NodeDetail>, unwatchedFromMs: number | null): readonly Transition[] {
  const { dc, previous, next } = step;
  const [before, after] = [previous && recordedNode(previous), next && recordedNode(next)];
  return nodeTransitions(dc, before, after, originOf(step, unwatchedFromMs));
}

export const clockSet = (byMs: number, observedAtMs: number): Transition => ({
  ...{ subject: lictorSubject(''), kind: 'clock-set', item: null, from: null, to: String(byMs), observedAtMs },
  ...{ index: null, merged: false, unwatchedFromMs: null },
});

const stateOf = (detail: ServiceDetail | undefined) =>
  detail && { status: detail.service.status, instances: detail.instances };

const originOf = (
  { sighting, provenance }: Pick<Step<unknown>, 'sighting' | 'provenance'>,
  unwatchedFromMs: number | null,
) => ({ observedAtMs: Date.parse(sighting.at), ...provenance, unwatchedFromMs });
