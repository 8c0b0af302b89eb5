import type { ConsulReach } from '@/lib/fleet/model';
import type { ReplayBody } from '@/lib/history/bodies';
import { type PastMoment, pastFleet } from '@/lib/history/past-fleet';
import type { PastSummary } from '@/lib/history/recorded';
import { Replay } from '@/lib/history/replay';
import { summarizePast } from '@/lib/history/summarize-past';
import type { Gap, RecordedTransition } from '@/lib/history/transition';
import type { ChangeEvent } from '@/lib/stream/protocol';
import type { RecordReader } from '@/server/history/record-store';
import { gapItem } from './gap-items';
import { pagesOf } from './read-on';
import { readPast, SEQ_SPACE } from './read-past';

const LONGEST_MS = 3_600_000;
/** After so many transitions an answer ends, at the end of their moment. */
const MOST_TRANSITIONS = 10_000;

/** The fleet at a moment and what changed from then on: an hour at most, or so many changes; then `to` is sooner than was asked for. */
export async function readReplay(
  reader: RecordReader,
  asked: { readonly fromMs: number; readonly toMs: number; readonly dc: string | null },
  live: { readonly epoch: number; readonly consul: Pick<ConsulReach, 'address'> },
): Promise<ReplayBody> {
  const { fromMs, dc } = asked;
  const endMs = Math.min(asked.toMs, fromMs + LONGEST_MS);
  const moment = await readPast(reader, fromMs, dc, live.epoch);
  const { moments, toMs } = await readMoments(reader, fromMs, endMs, dc);
  const gaps = await reader.gaps(fromMs, toMs, dc);
  const replay = new Replay(moment.datacenters, fromMs, moment.stamp.seq, SEQ_SPACE);
  const steps = [...moments.map(transitionsStep), ...gaps.flatMap((gap) => gapSteps(gap, fromMs, toMs))];
  const changes = steps
    .sort((a, b) => a.atMs - b.atMs)
    .map(({ play }) => play(replay))
    .filter((event) => event !== null);
  const [from, to] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()];
  return { from, to, snapshot: pastFleet(summaryOf(moment), live.consul), changes, gaps: gaps.map(gapItem) };
}

function summaryOf(moment: PastMoment): PastMoment<PastSummary> {
  return { ...moment, datacenters: moment.datacenters.map((past) => ({ ...past, ...summarizePast(past) })) };
}

interface Step {
  readonly atMs: number;
  play(replay: Replay): ChangeEvent | null;
}

const transitionsStep = (moment: Moment): Step => ({
  atMs: moment.atMs,
  play: (replay) => replay.seen(moment.transitions, moment.atMs),
});

function gapSteps(gap: Gap, fromMs: number, toMs: number): Step[] {
  const edges = [gap.fromMs, ...(gap.toMs === null ? [] : [gap.toMs])];
  return edges
    .filter((atMs) => atMs > fromMs && atMs <= toMs)
    .map((atMs) => ({ atMs, play: (replay) => replay.gapEdge(gap, atMs) }));
}

interface Moment {
  readonly atMs: number;
  readonly transitions: RecordedTransition[];
}

/** Transitions by the moment at which they were seen; one before what is already told (the clock was set back) counts as of then. */
async function readMoments(
  reader: RecordReader,
  fromMs: number,
  endMs: number,
  dc: string | null,
): Promise<{ readonly moments: Moment[]; readonly toMs: number }> {
  // What was seen at its first moment is in the snapshot.
  const query = { fromMs: fromMs + 1, toMs: endMs, dc, service: null, node: null, instance: null, kinds: null };
  const moments: Moment[] = [];
  let count = 0;
  for await (const page of pagesOf(reader, { ...query, order: 'oldest-first', afterId: null })) {
    for (const transition of page) {
      const atMs = Math.max(transition.observedAtMs, moments.at(-1)?.atMs ?? fromMs);
      const open = moments.at(-1);
      if (open?.atMs === atMs) open.transitions.push(transition);
      else if (count >= MOST_TRANSITIONS) return { moments, toMs: atMs };
      else moments.push({ atMs, transitions: [transition] });
      count += 1;
    }
  }
  return { moments, toMs: endMs };
}
