import { compareText } from '@/lib/fleet/observe-checks';
import type { KnownDatacenter, PastMoment } from '@/lib/history/past-fleet';
import type { PastSummary } from '@/lib/history/recorded';
import type { TransitionKind } from '@/lib/history/transition';
import type { RecordReader } from '@/server/history/record-store';

/** Numbers of a past moment's `seq` between two transitions: what changes without one, a gap's edge, needs a place too. */
export const SEQ_SPACE = 1_000;

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
  const [gaps, [last]] = await Promise.all([reader.gaps(atMs, atMs + 1, dc), reader.transitions(newest)]);
  const named = [...past].sort((a, b) => compareText(a.dc, b.dc));
  const datacenters = named.map(async (one): Promise<Past & KnownDatacenter> => {
    const lastOf = async (kind: TransitionKind) =>
      (await reader.transitions({ ...newest, dc: one.dc, kinds: [kind] })).at(0);
    const [freshness, leader] = await Promise.all([lastOf('freshness'), lastOf('leader')]);
    const gap = gaps.find((candidate) => candidate.dc === one.dc) ?? null;
    return { ...one, freshnessSinceMs: freshness?.observedAtMs ?? null, leader: leader?.to ?? null, gap };
  });
  const stamp = { epoch, seq: (last?.id ?? 0) * SEQ_SPACE, at: new Date(atMs).toISOString() };
  return { atMs, stamp, datacenters: await Promise.all(datacenters) };
}
