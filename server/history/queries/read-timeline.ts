import { availabilityOf, timeIn } from '@/lib/history/availability';
import type { TimelineBody } from '@/lib/history/bodies';
import { bucketItem, bucketsOf, sumBuckets } from '@/lib/history/buckets';
import { sumCells } from '@/lib/history/cells';
import { type AskedRange, alignRange, cutRange, fitStep } from '@/lib/history/time-range';
import type { Gap } from '@/lib/history/transition';
import type { RecordReader } from '@/server/history/record-store';
import { cellSource } from './cell-source';
import { gapItem } from './gap-items';
import { cellsFromDatacenter, cellsFromInstances, cellsFromRollUps, type Range, type ScopeCells } from './read-cells';
import { readMarks } from './read-marks';
import { type Recorded, recordedOf } from './recorded-from';
import type { Scope } from './scope';

/** The past of a scope in buckets. `stepMs` null: as narrow as fits. */
export async function readTimeline(
  reader: RecordReader,
  scope: Scope,
  asked: AskedRange & { readonly stepMs: number | null },
  nowMs: number,
): Promise<TimelineBody> {
  const recorded = await recordedOf(reader, scope);
  const cut = cutRange(asked, recorded.fromMs, nowMs);
  const { source, leastStepMs } = cellSource(scope, recorded, cut);
  const finest = fitStep(cut.toMs - cut.fromMs, asked.stepMs, leastStepMs);
  const read = { reader, scope, recorded, cut, nowMs, askedStepMs: asked.stepMs };
  const exact = source === 'roll-ups' ? null : await readExact(read, source === 'instances', finest);
  const { range, gaps, scopes, stepMs } = exact ?? (await readRollUps(read, Math.max(leastStepMs, 60_000)));
  const fromMs = Math.max(range.fromMs, ...scopes.map((one) => one.fromMs));
  const cells = scopes.map((one) => one.cells.filter((cell) => cell.toMs > fromMs));
  const { instanceMs, unseenInstanceMs } = sumCells(cells.flat());
  return {
    ...{ from: iso(fromMs), to: iso(range.toMs), stepMs },
    buckets: sumBuckets(cells.map((one) => bucketsOf(one, stepMs))).map(bucketItem),
    availability: availabilityOf(instanceMs),
    timeInMs: timeIn(instanceMs, unseenInstanceMs),
    gaps: gaps.filter(({ dc }) => concerns(scope, recorded, dc)).map(gapItem),
    ...(await readMarks(reader, scope, { fromMs, toMs: range.toMs })),
    recordedFrom: recorded.fromMs === null ? null : iso(recorded.fromMs),
  };
}

/** A service does not miss a datacenter in which it never was. */
const concerns = ({ service }: Scope, { scopes }: Recorded, dc: string): boolean =>
  service === null || scopes.some((one) => one.dc === dc);

const iso = (ms: number): string => new Date(ms).toISOString();

interface Read {
  readonly reader: RecordReader;
  readonly scope: Scope;
  readonly recorded: Recorded;
  readonly cut: Range;
  readonly nowMs: number;
  readonly askedStepMs: number | null;
}

interface Found {
  readonly range: Range;
  readonly gaps: readonly Gap[];
  readonly stepMs: number;
  readonly scopes: readonly ScopeCells[];
}

/** From single transitions; null: there are too many. */
async function readExact(
  { reader, scope, recorded, cut, nowMs }: Read,
  byInstance: boolean,
  stepMs: number,
): Promise<Found | null> {
  const range = alignRange(cut, stepMs, recorded.transitionsFromMs, nowMs);
  const gaps = await reader.gaps(range.fromMs, range.toMs, scope.dc);
  const datacenters = scope.dc === null ? recorded.scopes.map(({ dc }) => dc) : [scope.dc];
  const scopes: ScopeCells[] = [];
  for (const dc of datacenters) {
    const found = byInstance
      ? await cellsFromInstances(reader, { ...scope, dc }, range, gaps, stepMs)
      : await cellsFromDatacenter(reader, dc, range, gaps, stepMs);
    if (found === null) return null;
    scopes.push(found);
  }
  return { range, gaps, stepMs, scopes };
}

async function readRollUps(
  { reader, scope, recorded, cut, nowMs, askedStepMs }: Read,
  leastStepMs: number,
): Promise<Found> {
  const stepMs = fitStep(cut.toMs - cut.fromMs, askedStepMs, leastStepMs);
  const range = alignRange(cut, stepMs, recorded.fromMs, nowMs);
  const gaps = await reader.gaps(range.fromMs, range.toMs, scope.dc);
  return { range, gaps, stepMs, scopes: await cellsFromRollUps(reader, scope, range, gaps, stepMs) };
}
