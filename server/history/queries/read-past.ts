import { compareText } from '@/lib/fleet/observe-checks';
import type { KnownDatacenter, PastMoment } from '@/lib/history/past-fleet';
import type { PastSummary } from '@/lib/history/recorded';
import type { TransitionKind } from '@/lib/history/transition';
import type { RecordReader } from '@/server/history/record-store';

/** Numbers of a past moment's `seq` between two transitions: what changes without one, a gap's edge, needs a place too. */
export const SEQ_SPACE = 1_000;

/** Turns of datacenters that are looked through, the newest first: of one that had none for so long it is not told since when. */
const MOST_TURNS = 2_000;

/** The fleet at a past moment, or one datacenter of it, with all that is recorded of it. @param epoch of this process */
export async function readPast(
  reader: RecordReader,
  atMs: number,
  dc: string | null,
  epoch: number,
): Promise<PastMoment> {
  return momentOf(reader, atMs, dc, epoch, await reader.past(atMs, dc));
}

/** The same in sums. */
export async function readPastSummary(
  reader: RecordReader,
  atMs: number,
  epoch: number,
): Promise<PastMoment<PastSummary>> {
  return momentOf(reader, atMs, null, epoch, await reader.pastSummary(atMs, null));
}

async function momentOf<Past extends { readonly dc: string; readonly freshness: string | null }>(
  reader: RecordReader,
  atMs: number,
  dc: string | null,
  epoch: number,
  past: readonly Past[],
): Promise<PastMoment<Past>> {
  const until = { fromMs: 0, toMs: atMs + 1, dc: null, service: null, node: null, instance: null };
  const newest = { ...until, kinds: null, order: 'newest-first', afterId: null, limit: 1 } as const;
  const [gaps, [last], turns] = await Promise.all([
    reader.gaps(atMs, atMs + 1, dc),
    reader.transitions(newest),
    reader.transitions({ ...newest, kinds: ['freshness', 'leader'], limit: MOST_TURNS }),
  ]);
  const named = [...past].sort((a, b) => compareText(a.dc, b.dc));
  const datacenters = named.map((one): Past & KnownDatacenter => {
    const turnOf = (kind: TransitionKind) =>
      turns.find(
        ({ subject, kind: other }) => other === kind && subject.kind === 'datacenter' && subject.dc === one.dc,
      );
    const gap = gaps.find((candidate) => candidate.dc === one.dc) ?? null;
    const freshnessSinceMs = turnOf('freshness')?.observedAtMs ?? null;
    return { ...one, freshnessSinceMs, leader: turnOf('leader')?.to ?? null, gap };
  });
  const stamp = { epoch, seq: (last?.id ?? 0) * SEQ_SPACE, at: new Date(atMs).toISOString() };
  return { atMs, stamp, datacenters };
}
