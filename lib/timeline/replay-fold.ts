import type { FleetBody } from '@/lib/fleet/model';
import type { GapItem, ReplayBody } from '@/lib/history/bodies';
import { foldChange } from '@/lib/stream/fold';
import { type RecentChange, withRecent } from '@/lib/stream/recent-changes';

/** A piece of the past, and how far it has been played. */
export interface ReplayFold {
  readonly chunk: ReplayBody;
  /** How many of its changes are in `fleet`. */
  readonly played: number;
  readonly fleet: FleetBody;
  /** Transitions of services since the piece began, newest first. */
  readonly recent: readonly RecentChange[];
}

export const beginFold = (chunk: ReplayBody): ReplayFold => ({ chunk, played: 0, fleet: chunk.snapshot, recent: [] });

/** The fleet as it was at `atMs`, by the stream's own fold. Going back begins anew at the piece's first moment; the same fold where nothing changed. */
export function foldTo(fold: ReplayFold, atMs: number): ReplayFold {
  const { changes } = fold.chunk;
  const lastPlayed = changes[fold.played - 1];
  const from = lastPlayed && Date.parse(lastPlayed.observedAt) > atMs ? beginFold(fold.chunk) : fold;
  let { played, fleet, recent } = from;
  for (let next = changes[played]; next && Date.parse(next.observedAt) <= atMs; next = changes[played]) {
    fleet = foldChange(fleet, 'fleet', next) as FleetBody;
    recent = withRecent(recent, next);
    played += 1;
  }
  return played === fold.played && from === fold ? fold : { chunk: fold.chunk, played, fleet, recent };
}

/** Whether a piece tells what was at `atMs`. */
export const covers = (chunk: ReplayBody, atMs: number): boolean =>
  Date.parse(chunk.from) <= atMs && atMs <= Date.parse(chunk.to);

/** The gaps that `atMs` lies in. */
export const gapsAt = (gaps: readonly GapItem[], atMs: number): GapItem[] =>
  gaps.filter(({ from, to }) => Date.parse(from) <= atMs && (to === null || atMs < Date.parse(to)));
