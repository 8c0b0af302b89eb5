import { availabilityOf, timeIn } from '@/lib/history/availability';
import type { Lane, LanesBody } from '@/lib/history/bodies';
import { cellsOfRows, sumCells } from '@/lib/history/cells';
import { compareWorst, isQuiet } from '@/lib/history/rank-lanes';
import { type StatusTally, type Tier, tierMs } from '@/lib/history/roll-up';
import { type AskedRange, cutRange } from '@/lib/history/time-range';
import type { Gap, Subject } from '@/lib/history/transition';
import type { RecordReader } from '@/server/history/record-store';
import { LONGEST_OF_TRANSITIONS_MS } from './cell-source';
import { gapsOf } from './gap-items';
import type { Range } from './read-cells';
import { instanceLanes } from './read-instance-lanes';
import { serviceLane } from './read-service-lane';
import { type Recorded, recordedOf } from './recorded-from';
import type { Scope } from './scope';

/** Which services have a lane; `now`: how many instances were in which status at the end of the range. */
export type LaneFilter = (service: {
  readonly dc: string;
  readonly name: string;
  readonly now: StatusTally;
}) => boolean;

/** Lanes of the instances of a service or a node where one is named, else of services. @param filter of services; null: all */
export async function readLanes(
  reader: RecordReader,
  scope: Scope,
  asked: AskedRange & { readonly limit: number },
  filter: LaneFilter | null,
  nowMs: number,
): Promise<LanesBody> {
  const recorded = await recordedOf(reader, scope);
  const range = cutRange(asked, recorded.fromMs, nowMs);
  const gaps = await reader.gaps(range.fromMs, range.toMs, scope.dc);
  const ofInstances = scope.service !== null || scope.node !== null || scope.instance !== null;
  const all = ofInstances
    ? await instanceLanes(reader, scope, recorded, range, gaps)
    : await serviceLanes(reader, scope, recorded, range, gaps, filter, asked.limit);
  const lanes = [...all.lanes].sort(compareWorst).slice(0, asked.limit);
  const [from, to] = [new Date(range.fromMs).toISOString(), new Date(range.toMs).toISOString()];
  return { from, to, total: all.total, quiet: all.quiet, lanes };
}

export interface FoundLanes {
  readonly total: number;
  readonly quiet: number;
  readonly lanes: readonly Lane[];
}

/** At least so many of the worst by their roll-ups are looked at closely where those are coarser than the range. */
const LEAST_LOOKED_AT = 40;

interface Candidate {
  readonly subject: Subject;
  readonly key: string;
  readonly availability: number | null;
  readonly timeInMs: Lane['timeInMs'];
}

/** Roll-ups tell which services to look at, their transitions what is told of them. */
async function serviceLanes(
  reader: RecordReader,
  scope: Scope,
  recorded: Recorded,
  range: Range,
  gaps: readonly Gap[],
  filter: LaneFilter | null,
  limit: number,
): Promise<FoundLanes> {
  const long = range.toMs - range.fromMs > LONGEST_OF_TRANSITIONS_MS;
  const candidates = await rankedServices(reader, scope, range, gaps, long ? 'day' : 'hour', filter);
  const looked = candidates.slice(0, long ? limit : Math.max(limit, LEAST_LOOKED_AT));
  const lanes: Lane[] = [];
  for (const { subject } of looked) lanes.push(await serviceLane(reader, subject, recorded, range, gaps));
  const quiet = lanes.filter(isQuiet).length + candidates.slice(looked.length).filter(isQuiet).length;
  return { total: candidates.length, quiet, lanes };
}

async function rankedServices(
  reader: RecordReader,
  { dc }: Scope,
  range: Range,
  gaps: readonly Gap[],
  tier: Tier,
  filter: LaneFilter | null,
): Promise<Candidate[]> {
  const fromMs = Math.floor(range.fromMs / tierMs[tier]) * tierMs[tier];
  const found = await reader.rollUps({ tier, kind: 'service', dc, service: null, fromMs, toMs: range.toMs });
  const candidates = found.flatMap((rows): Candidate[] => {
    const subject = rows.scope;
    const now = (rows.rows.at(-1) ?? rows.before)?.last;
    if (!now || (filter && !filter({ dc: subject.dc, name: subject.service ?? '', now }))) return [];
    const cells = cellsOfRows(rows, tier, gapsOf(gaps, subject.dc), fromMs, range.toMs);
    const { instanceMs, unseenInstanceMs } = sumCells(cells);
    // Gone before the range began: no lane.
    if (rows.rows.length === 0 && Object.values(now).every((count) => count === 0)) return [];
    const timeInMs = timeIn(instanceMs, unseenInstanceMs);
    return [{ subject, key: subject.key, availability: availabilityOf(instanceMs), timeInMs }];
  });
  return candidates.sort(compareWorst);
}
