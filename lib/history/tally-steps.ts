import { z } from 'zod';
import type { Status } from '@/lib/fleet/model';
import { SERVICE_SEVERITY } from '@/lib/fleet/status';
import type { TallyStep } from './cells';
import type { StatusTally } from './roll-up';
import { noTally } from './tally';
import type { Transition, TransitionKind } from './transition';

const statusSchema = z.enum(['passing', 'warning', 'critical', 'maintenance', 'unknown']);
const registeredSchema = z.object({ status: statusSchema });

/** The transitions from which instances' statuses follow. */
export const statusKinds: readonly TransitionKind[] = ['registered', 'deregistered', 'status'];

/** The status of an instance or a node after one of `statusKinds`; null: it is gone. */
export function statusAfter({ kind, to }: Transition): Status | null {
  if (kind === 'deregistered' || to === null) return null;
  return kind === 'registered' ? registeredSchema.parse(JSON.parse(to)).status : statusSchema.parse(to);
}

/** One thing's status from one moment on; null: it is not there. */
export interface StatusStep {
  readonly atMs: number;
  readonly status: Status | null;
}

/**
 * Each instance's statuses by its key, in order.
 *
 * @param start who was there at `fromMs`
 * @param transitions since then in the order of the record; others than instances' statuses are passed over. One that was observed before what is already
 *   told (the clock was set back) counts as of then.
 */
export function instanceSteps(
  start: readonly { readonly key: string; readonly status: Status }[],
  transitions: readonly Transition[],
  fromMs: number,
): Map<string, StatusStep[]> {
  const steps = new Map(start.map(({ key, status }): [string, StatusStep[]] => [key, [{ atMs: fromMs, status }]]));
  let atMs = fromMs;
  for (const transition of transitions) {
    if (transition.subject.kind !== 'instance' || !statusKinds.includes(transition.kind)) continue;
    atMs = Math.max(atMs, transition.observedAtMs);
    const { key } = transition.subject;
    const own = steps.get(key) ?? [];
    steps.set(key, own);
    // What lasted no time is no step.
    if (own.at(-1)?.atMs === atMs) own.pop();
    own.push({ atMs, status: statusAfter(transition) });
  }
  return steps;
}

/** How many instances are in each status, from moment to moment. */
export function tallySteps(instances: Iterable<readonly StatusStep[]>, fromMs: number): TallyStep[] {
  const changes: { atMs: number; from: Status | null; to: Status | null }[] = [];
  for (const steps of instances) {
    let from: Status | null = null;
    for (const { atMs, status } of steps) {
      changes.push({ atMs, from, to: status });
      from = status;
    }
  }
  changes.sort((a, b) => a.atMs - b.atMs);
  const tally: Record<Status, number> = { ...noTally };
  const steps: TallyStep[] = [];
  for (const [at, { atMs, from, to }] of changes.entries()) {
    if (from) tally[from] -= 1;
    if (to) tally[to] += 1;
    if (changes[at + 1]?.atMs !== atMs) steps.push({ atMs, tally: { ...tally } });
  }
  const [first] = steps;
  return first === undefined || first.atMs > fromMs ? [{ atMs: fromMs, tally: noTally }, ...steps] : steps;
}

/**
 * The same from how many there were at `startMs`, without a list of who they were: each transition says what it was before.
 *
 * @param transitions since `startMs` in the order of the record
 * @param fromMs where the first step is to begin; what was before it is counted only
 */
export function tallyStepsOn(
  start: StatusTally,
  transitions: readonly Transition[],
  startMs: number,
  fromMs: number,
): TallyStep[] {
  const tally: Record<Status, number> = { ...start };
  const steps: TallyStep[] = [{ atMs: fromMs, tally: start }];
  let atMs = startMs;
  for (const transition of transitions) {
    if (transition.subject.kind !== 'instance' || !statusKinds.includes(transition.kind)) continue;
    atMs = Math.max(atMs, transition.observedAtMs);
    const from = transition.from === null ? null : statusSchema.parse(transition.from);
    const to = statusAfter(transition);
    if (from) tally[from] -= 1;
    if (to) tally[to] += 1;
    if (steps.at(-1)?.atMs === Math.max(atMs, fromMs)) steps.pop();
    steps.push({ atMs: Math.max(atMs, fromMs), tally: { ...tally } });
  }
  return steps;
}

/** Status of a service by how many instances it has in each; without any it is unknown. */
export function statusOfTally(tally: StatusTally): Status {
  return SERVICE_SEVERITY.find((status) => tally[status] > 0) ?? 'unknown';
}
