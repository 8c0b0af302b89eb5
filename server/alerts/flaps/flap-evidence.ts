import type { FlapEvidence, FlapMember } from '@/lib/alerts/evidence';
import { MOST_MEMBERS } from '@/lib/alerts/evidence';
import type { FlapFacts } from '@/lib/alerts/facts';
import { type FlapSurroundings, flapCauses } from '@/lib/flapping/flap-causes';
import type { FlapTrack } from '@/lib/flapping/flap-track';
import type { FlapTransition } from '@/lib/flapping/flap-transition';
import { type FlapVerdict, flapVerdict } from '@/lib/flapping/flap-verdict';
import type { WatchedTime } from '@/lib/flapping/watched-time';
import { keySegments } from '@/lib/fleet/keys';
import { nodeKeyOf } from './surroundings';

export interface FlapEvidenceGiven {
  /** Whatever flaps of a service, or of a node. At least one. */
  readonly tracks: readonly FlapTrack[];
  readonly time: WatchedTime;
  surroundings(worst: FlapTrack): FlapSurroundings;
  /** Instances of the service (services on the node) that flap, and all of them. */
  readonly flapping: number;
  readonly all: number;
}

/** What an alert tells of something that flaps: the worst of its members with its strips, and all of them in numbers. */
export function flapFacts({ tracks, time, surroundings, flapping, all }: FlapEvidenceGiven): FlapFacts | null {
  const worstFirst = [...tracks].sort((a, b) => highestScore(b) - highestScore(a) || compare(a, b));
  const [worst] = worstFirst;
  if (!worst) return null;
  const verdict = flapVerdict(worst, time);
  const told = withoutSums(worstFirst);
  const verdicts = new Map([[worst, verdict]]);
  const members = told
    .slice(0, MOST_MEMBERS)
    .map((track) => memberOf(track, verdicts.get(track) ?? flapVerdict(track, time)));
  const evidence: FlapEvidence = {
    ...{ kind: 'flapping', scales: scalesOf(verdict, worst), causes: flapCauses(verdict, surroundings(worst)) },
    changes: told.reduce((sum, { counted }) => sum + counted, 0),
    atLeast: told.some(({ hidesMore }) => hidesMore) || members.some(({ atLeast }) => atLeast),
    ...{ periodMs: verdict.periodMs, members, flapping, all },
  };
  const sinceMs = Math.min(...tracks.map(({ flappingSinceMs }) => flappingSinceMs ?? time.untilMs));
  const nodes = new Set(tracks.map(({ subject }) => nodeKeyOf(subject)).filter((key) => key !== null));
  return { sinceMs, evidence, nodes: [...nodes].sort() };
}

/** The highest score at any of its scales, percent. */
export const highestScore = ({ strips }: FlapTrack): number => Math.max(...strips.map(({ leastScore }) => leastScore));

function compare(a: FlapTrack, b: FlapTrack): number {
  const [one, other] = [a, b].map(({ subject, item }) => JSON.stringify([subject.key, item]));
  return (one ?? '') < (other ?? '') ? -1 : 1;
}

/** A subject of which a check flaps is told by its checks; a service in sum only where no instance of it is told. */
function withoutSums(tracks: readonly FlapTrack[]): FlapTrack[] {
  const byCheck = new Set(tracks.filter(({ item }) => item !== null).map(({ subject }) => subject.key));
  const own = tracks.filter(({ subject, item }) => item !== null || !byCheck.has(subject.key));
  const instances = own.filter(({ subject }) => subject.kind !== 'service');
  return instances.length > 0 ? instances : own;
}

function memberOf({ subject, item, flappingSinceMs, ring }: FlapTrack, verdict: FlapVerdict): FlapMember {
  const { kind, key, node } = subject;
  const iso = (atMs: number) => new Date(atMs).toISOString();
  return {
    ...{
      key,
      subject: kind === 'instance' || kind === 'node' ? kind : 'service',
      name: nameOf(key),
      node,
      check: item,
    },
    ...{ since: iso(flappingSinceMs ?? 0), changes: verdict.count, atLeast: verdict.isCountAtLeast },
    ...{ lastAt: ring.length > 0 ? iso(ring.lastMs) : null, periodMs: verdict.periodMs },
  };
}

const nameOf = (key: string): string => keySegments(key)?.at(-1) ?? key;

const LETTERS = { calm: '.', changed: 'x', unknown: '?' } as const;

function scalesOf({ scales, transitions }: FlapVerdict, { ring }: FlapTrack): FlapEvidence['scales'] {
  return scales.map(({ slotMs, slots, leastScore, mostScore, beginsAbove, endsBelow }) => ({
    ...{ slotMs, newestFrom: new Date(slots.at(-1)?.fromMs ?? 0).toISOString() },
    slots: slots.map(({ state }) => LETTERS[state]).join(''),
    changes: changesIn(slots, ring.length > transitions.length ? ring.all : transitions, slotMs),
    ...{ leastScore, mostScore, beginsAbove, endsBelow },
  }));
}

function changesIn(
  slots: readonly { readonly fromMs: number }[],
  all: readonly FlapTransition[],
  slotMs: number,
): number[] {
  const oldestMs = slots[0]?.fromMs ?? 0;
  const counts = slots.map(() => 0);
  for (const { atMs } of all) {
    const slot = Math.floor((atMs - oldestMs) / slotMs);
    if (slot >= 0 && slot < counts.length) counts[slot] = (counts[slot] ?? 0) + 1;
  }
  return counts;
}
