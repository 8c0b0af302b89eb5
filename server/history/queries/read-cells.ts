import type { Cell } from '@/lib/history/cells';
import { cellsOfRows, cellsOfSteps } from '@/lib/history/cells';
import { type Tier, tierMs } from '@/lib/history/roll-up';
import { noTally } from '@/lib/history/tally';
import { statusKinds, tallySteps, tallyStepsOn } from '@/lib/history/tally-steps';
import type { Gap } from '@/lib/history/transition';
import type { RecordReader } from '@/server/history/record-store';
import { tierFor } from './cell-source';
import { gapsOf } from './gap-items';
import { readInstanceSteps } from './read-instance-steps';
import { newestOf } from './read-on';
import type { Scope } from './scope';

/** A range with more changes is told from when on there were so many. */
const MOST_TRANSITIONS = 100_000;
/** A datacenter with more in a short range is told by its roll-ups. */
const MOST_OF_DATACENTER = 20_000;
/** A clock that was set before a range by no more than this may still confuse it. */
const CLOCK_SET_MS = tierMs.day;

export interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Cells of one scope; `fromMs` is from when on they tell. */
export interface ScopeCells {
  readonly fromMs: number;
  readonly cells: readonly Cell[];
}

/** From roll-ups. @param range aligned to `stepMs` */
export async function cellsFromRollUps(
  reader: RecordReader,
  scope: Scope,
  { fromMs, toMs }: Range,
  gaps: readonly Gap[],
  stepMs: number,
): Promise<ScopeCells[]> {
  const tier = tierFor(stepMs);
  const kind = scope.service === null ? ('datacenter' as const) : ('service' as const);
  const start = Math.floor(fromMs / tierMs[tier]) * tierMs[tier];
  const { dc, service } = scope;
  const found = await reader.rollUps({ tier, kind, dc, service, fromMs: start, toMs });
  return found.map((rows) => ({
    fromMs,
    cells: cellsOfRows(rows, tier, gapsOf(gaps, rows.scope.dc), start, toMs),
  }));
}

/** From each change of an instance. @param scope of one datacenter */
export async function cellsFromInstances(
  reader: RecordReader,
  scope: Scope & { readonly dc: string },
  range: Range,
  gaps: readonly Gap[],
  stepMs: number,
): Promise<ScopeCells> {
  const { startMs, steps } = await readInstanceSteps(reader, scope, range, MOST_TRANSITIONS);
  const tallies = tallySteps(steps.values(), startMs);
  return { fromMs: startMs, cells: cellsOfSteps(tallies, gapsOf(gaps, scope.dc), range.toMs, stepMs) };
}

/**
 * From where a datacenter stood at the start of a minute, and each change of an instance since; null: there are too many, or the clock was set, by which their
 * order is not that of their times.
 */
export async function cellsFromDatacenter(
  reader: RecordReader,
  dc: string,
  { fromMs, toMs }: Range,
  gaps: readonly Gap[],
  stepMs: number,
): Promise<ScopeCells | null> {
  const tier: Tier = 'minute';
  const minuteMs = Math.floor(fromMs / tierMs[tier]) * tierMs[tier];
  const query = { fromMs: minuteMs, toMs, dc, service: null, node: null, instance: null, kinds: statusKinds };
  const everywhere = { ...query, dc: null, fromMs: minuteMs - CLOCK_SET_MS, kinds: ['clock-set'] as const };
  const [clockSet] = await reader.transitions({ ...everywhere, order: 'newest-first', afterId: null, limit: 1 });
  if (clockSet) return null;
  const { transitions, cutMs } = await newestOf(reader, query, MOST_OF_DATACENTER);
  if (cutMs !== null) return null;
  const [rows] = await reader.rollUps({
    tier,
    kind: 'datacenter',
    dc,
    service: null,
    fromMs: minuteMs,
    toMs: minuteMs,
  });
  const steps = tallyStepsOn(rows?.before?.last ?? noTally, transitions, minuteMs, fromMs);
  return { fromMs, cells: cellsOfSteps(steps, gapsOf(gaps, dc), toMs, stepMs) };
}
