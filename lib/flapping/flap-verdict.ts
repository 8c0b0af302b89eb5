import type { Subject } from '@/lib/history/transition';
import { flapPeriodMs } from './flap-rhythm';
import { flapScore, SLOTS } from './flap-score';
import type { FlapScale } from './flap-settings';
import type { FlapTrack } from './flap-track';
import type { FlapTransition } from './flap-transition';
import { bitsAt, SlotStrip } from './slot-strip';
import type { WatchedTime } from './watched-time';

/** `changed`: a transition that counts fell into it; `unknown`: nobody watched more than half of it. */
type SlotState = 'calm' | 'changed' | 'unknown';

/** What is seen at one width of slots. */
interface ScaleEvidence extends FlapScale {
  /** The 20 slots, the oldest first. */
  readonly slots: readonly { readonly fromMs: number; readonly state: SlotState }[];
  /** The score at the end of each of these slots and of the one before them, the oldest first, percent: at least so much, what nobody watched being taken for calm. */
  readonly scores: readonly number[];
  /** The score now, percent: at least and at most; they differ by what nobody watched. */
  readonly leastScore: number;
  readonly mostScore: number;
}

/** Whether a check, an instance, a node or a service flaps, and what says so. Times are ms since 1970. */
export interface FlapVerdict {
  readonly subject: Subject;
  /** A check's id; null: the subject's status in sum. */
  readonly item: string | null;
  /** Null: it does not flap. */
  readonly flappingSinceMs: number | null;
  /** The fastest first. */
  readonly scales: readonly ScaleEvidence[];
  /** The newest that count, in order, of as long as 20 of the slowest slots; 100 at most. */
  readonly transitions: readonly FlapTransition[];
  /** How many count: since it began, with those that showed it; where it does not flap, those above. */
  readonly count: number;
  /** There may have been more: an answer of Consul stood for several, or a part of the time was not watched. */
  readonly isCountAtLeast: boolean;
  /** Whole ways down and up again among the transitions. */
  readonly recoveries: number;
  /** From one recovery to the next; null: it keeps none. */
  readonly periodMs: number | null;
}

/** @param time of its datacenter */
export function flapVerdict(track: FlapTrack, time: WatchedTime): FlapVerdict {
  const { subject, item, flappingSinceMs, settings } = track;
  const transitions = track.ring.all.filter(({ atMs }) => atMs > time.untilMs - track.windowMs);
  const scales = settings.scales.map((scale, at) => scaleEvidence(track, at, scale, time));
  const recoveries = transitions.filter(({ isRecovery }) => isRecovery).map(({ atMs }) => atMs);
  const hasUnknown = scales.some(({ leastScore, mostScore }) => leastScore !== mostScore);
  return {
    ...{ subject, item, flappingSinceMs, scales },
    transitions,
    count: flappingSinceMs === null ? transitions.length : track.counted,
    isCountAtLeast: track.hidesMore || transitions.some(({ merged }) => merged) || hasUnknown,
    recoveries: recoveries.length,
    periodMs: flapPeriodMs(recoveries),
  };
}

function scaleEvidence(track: FlapTrack, at: number, scale: FlapScale, time: WatchedTime): ScaleEvidence {
  const strip = stripAt(track, at, scale.slotMs, time.untilMs);
  const unknown = time.unknown(scale.slotMs, strip.head);
  const stateOf = (age: number): SlotState => {
    if (strip.newer & (1 << age)) return 'changed';
    return unknown.newer & (1 << age) ? 'unknown' : 'calm';
  };
  const ages = Array.from({ length: SLOTS }, (_, index) => SLOTS - 1 - index);
  return {
    ...scale,
    slots: ages.map((age) => ({ fromMs: (strip.head - age) * scale.slotMs, state: stateOf(age) })),
    scores: [SLOTS, ...ages].map((age) => flapScore(bitsAt(strip, age))),
    leastScore: strip.leastScore,
    mostScore: strip.mostScore(unknown),
  };
}

/** How a scale's slots stand at a moment; nothing moves by asking. */
function stripAt({ strips }: FlapTrack, at: number, slotMs: number, nowMs: number): SlotStrip {
  const strip = new SlotStrip(slotMs, strips[at]?.head ?? 0);
  strip.newer = strips[at]?.newer ?? 0;
  strip.older = strips[at]?.older ?? 0;
  strip.moveTo(Math.floor(nowMs / slotMs));
  return strip;
}
