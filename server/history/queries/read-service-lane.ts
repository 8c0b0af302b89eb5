import { availabilityOf, timeIn } from '@/lib/history/availability';
import type { Lane } from '@/lib/history/bodies';
import { type Cell, cellsOfRows, cellsOfSteps, sumCells } from '@/lib/history/cells';
import { laneBars } from '@/lib/history/lane-bars';
import { tierMs } from '@/lib/history/roll-up';
import { tallyTotal } from '@/lib/history/tally';
import { type StatusStep, statusOfTally, tallySteps } from '@/lib/history/tally-steps';
import type { Gap, Subject } from '@/lib/history/transition';
import type { RecordReader } from '@/server/history/record-store';
import { gapsOf } from './gap-items';
import type { Range } from './read-cells';
import { readInstanceSteps } from './read-instance-steps';
import type { Recorded } from './recorded-from';

/** A service with more changes in the range is told by the hour. */
const MOST_TRANSITIONS = 50_000;

/** One service over a range, to the ms where its transitions are held. */
export async function serviceLane(
  reader: RecordReader,
  subject: Subject,
  recorded: Recorded,
  range: Range,
  gaps: readonly Gap[],
): Promise<Lane> {
  const spans = gapsOf(gaps, subject.dc);
  const found = (await byTransitions(reader, subject, recorded, range)) ?? (await byHours(reader, subject, range));
  const cells = found.cells(spans);
  const { instanceMs, unseenInstanceMs } = sumCells(cells);
  const steps = found.steps(cells);
  return {
    ...{ key: subject.key, kind: 'service', dc: subject.dc, name: subject.service ?? '' },
    status: steps.at(-1)?.status ?? 'unknown',
    availability: availabilityOf(instanceMs),
    timeInMs: timeIn(instanceMs, unseenInstanceMs),
    ...laneBars(steps, spans, range.fromMs, range.toMs),
  };
}

interface ServicePast {
  cells(gaps: ReturnType<typeof gapsOf>): Cell[];
  steps(cells: readonly Cell[]): StatusStep[];
}

/** null: they are not held any more, or too many. */
async function byTransitions(
  reader: RecordReader,
  { dc, service }: Subject,
  { transitionsFromMs }: Recorded,
  { fromMs, toMs }: Range,
): Promise<ServicePast | null> {
  if (transitionsFromMs === null || fromMs < transitionsFromMs) return null;
  const of = { dc, service, node: null, instance: null };
  const { startMs, steps } = await readInstanceSteps(reader, of, { fromMs, toMs }, MOST_TRANSITIONS);
  if (startMs > fromMs) return null;
  const tallies = tallySteps(steps.values(), fromMs);
  return {
    cells: (gaps) => cellsOfSteps(tallies, gaps, toMs, tierMs.day),
    steps: () =>
      tallies.map(({ atMs, tally }) => ({ atMs, status: tallyTotal(tally) === 0 ? null : statusOfTally(tally) })),
  };
}

/** Of each hour its worst moment: a bar is an hour long at least. */
async function byHours(reader: RecordReader, { dc, service }: Subject, range: Range): Promise<ServicePast> {
  const fromMs = Math.floor(range.fromMs / tierMs.hour) * tierMs.hour;
  const [rows] = await reader.rollUps({ tier: 'hour', kind: 'service', dc, service, fromMs, toMs: range.toMs });
  return {
    cells: (gaps) => (rows ? cellsOfRows(rows, 'hour', gaps, fromMs, range.toMs) : []),
    steps: (cells) =>
      cells.map((cell) => ({
        atMs: Math.max(cell.fromMs, range.fromMs),
        status: cell.worst && tallyTotal(cell.worst) > 0 ? statusOfTally(cell.worst) : null,
      })),
  };
}
