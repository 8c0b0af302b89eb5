import { type Tier, tierMs } from '@/lib/history/roll-up';
import type { Recorded } from './recorded-from';
import type { Scope } from './scope';

/** Longer than this the past of a service is told by its roll-ups, ms. */
export const LONGEST_OF_TRANSITIONS_MS = 2 * tierMs.day;
/** The same of a datacenter, which has a thousand times as many. */
const LONGEST_OF_DATACENTER_MS = 2 * tierMs.hour;

/** What the cells of a timeline are made of. */
export type CellSource = 'instances' | 'datacenter-transitions' | 'roll-ups';

/** Where single transitions can tell a range they do, to the ms; else roll-ups, whose buckets then are the narrowest there are. */
export function cellSource(
  scope: Scope,
  { transitionsFromMs }: Recorded,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): { readonly source: CellSource; readonly leastStepMs: number } {
  if (scope.node !== null || scope.instance !== null) return { source: 'instances', leastStepMs: 0 };
  const held = transitionsFromMs !== null && fromMs >= transitionsFromMs;
  if (scope.service !== null) {
    return held && toMs - fromMs <= LONGEST_OF_TRANSITIONS_MS
      ? { source: 'instances', leastStepMs: 0 }
      : { source: 'roll-ups', leastStepMs: tierMs.hour };
  }
  if (held && toMs - fromMs <= LONGEST_OF_DATACENTER_MS) return { source: 'datacenter-transitions', leastStepMs: 0 };
  // Minutes are kept as long as transitions are.
  return { source: 'roll-ups', leastStepMs: held ? tierMs.minute : tierMs.hour };
}

/** The widest tier of which a bucket of `stepMs` is made whole. */
export function tierFor(stepMs: number): Tier {
  if (stepMs >= tierMs.day) return 'day';
  return stepMs >= tierMs.hour ? 'hour' : 'minute';
}
