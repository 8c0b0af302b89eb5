import { keySegments } from '@/lib/fleet/keys';
import { availabilityOf, timeIn } from '@/lib/history/availability';
import type { Lane } from '@/lib/history/bodies';
import { cellsOfSteps, sumCells } from '@/lib/history/cells';
import type { Span } from '@/lib/history/gap-time';
import { laneBars } from '@/lib/history/lane-bars';
import { isQuiet } from '@/lib/history/rank-lanes';
import { tierMs } from '@/lib/history/roll-up';
import { type StatusStep, tallySteps } from '@/lib/history/tally-steps';
import type { Gap } from '@/lib/history/transition';
import type { RecordReader } from '@/server/history/record-store';
import { gapsOf } from './gap-items';
import type { Range } from './read-cells';
import { readInstanceSteps } from './read-instance-steps';
import type { FoundLanes } from './read-lanes';
import type { Recorded } from './recorded-from';
import type { Scope } from './scope';

const MOST_TRANSITIONS = 100_000;

/** A lane for each instance of a service or a node, or for the one that is named. */
export async function instanceLanes(
  reader: RecordReader,
  scope: Scope,
  recorded: Recorded,
  range: Range,
  gaps: readonly Gap[],
): Promise<FoundLanes> {
  const datacenters = scope.dc === null ? recorded.scopes.map(({ dc }) => dc) : [scope.dc];
  const lanes: Lane[] = [];
  for (const dc of datacenters) {
    // Before there were too many changes, or single ones are still held, nothing is told: a bar of `unknown`.
    const fromMs = Math.max(range.fromMs, recorded.transitionsFromMs ?? 0);
    const of = { ...scope, dc };
    const { steps: instances } = await readInstanceSteps(reader, of, { ...range, fromMs }, MOST_TRANSITIONS);
    for (const [key, steps] of instances) lanes.push(instanceLane(key, dc, steps, gapsOf(gaps, dc), range, fromMs));
  }
  return { total: lanes.length, quiet: lanes.filter(isQuiet).length, lanes };
}

function instanceLane(
  key: string,
  dc: string,
  steps: readonly StatusStep[],
  gaps: readonly Span[],
  { fromMs, toMs }: Range,
  toldFromMs: number,
): Lane {
  const cells = cellsOfSteps(tallySteps([steps], steps[0]?.atMs ?? fromMs), gaps, toMs, tierMs.day);
  const { instanceMs, unseenInstanceMs } = sumCells(cells);
  return {
    ...{ key, kind: 'instance', dc, name: keySegments(key)?.at(-1) ?? key },
    status: steps.at(-1)?.status ?? 'unknown',
    availability: availabilityOf(instanceMs),
    timeInMs: timeIn(instanceMs, unseenInstanceMs),
    ...laneBars(steps, gaps, fromMs, toMs, toldFromMs),
  };
}
