import type { Place } from '@/lib/release/place';
import type { Intent } from './intent';

/** What a plan that was begun needs next. The numbers are places in its list of writes. */
export type Step =
  /** These are to be written; they do not wait for one another. */
  | { readonly kind: 'complete'; readonly writes: readonly number[] }
  /** It cannot be completed: the intent has to say `restoring` before anything is taken back. */
  | { readonly kind: 'turn-back' }
  /** These are to be taken back; they do not wait for one another. */
  | { readonly kind: 'restore'; readonly writes: readonly number[] }
  /** Nothing is left to do. `left`: where somebody else's writing stands, which nobody overwrites. */
  | { readonly kind: 'over'; readonly at: 'after' | 'before'; readonly left: readonly number[] };

type Known = Pick<Intent, 'phase' | 'done' | 'lost' | 'restored'>;

/**
 * What to do for a plan, by what its intent says and what stands at each target now. Completed is only what had begun, and can be whole: each write that is
 * left finds what it was planned on. Everything else is taken back, last stage first. Called again after each step, from whatever process, it ends with all
 * after or all before, but for what somebody else wrote there.
 * @param stages of each write
 * @param places at each write's target, as just looked at
 */
export function nextStep(intent: Known, stages: readonly number[], places: readonly Place[]): Step {
  const standing = places.map((place, write) => placeOf(intent, write, place));
  const at = (wanted: Place) => standing.flatMap((place, write) => (place === wanted ? [write] : []));
  const [before, after, other] = [at('before'), at('after'), at('other')];

  if (intent.phase === 'writing') {
    const isBegun = after.length > 0 || intent.done.length > 0;
    const isDone = (write: number) => intent.done.includes(write);
    const canBeWhole = !before.some(isDone) && other.every(isDone);
    if (isBegun && canBeWhole) {
      if (before.length === 0) return { kind: 'over', at: 'after', left: other };
      return { kind: 'complete', writes: ofStage(before, stages, Math.min) };
    }
    if (after.length > 0) return { kind: 'turn-back' };
  }
  if (intent.phase === 'restoring' && after.length > 0) {
    return { kind: 'restore', writes: ofStage(after, stages, Math.max) };
  }
  return { kind: 'over', at: 'before', left: other };
}

function placeOf({ lost, restored }: Known, write: number, place: Place): Place {
  if (lost.includes(write)) return 'other';
  if (!restored.includes(write)) return place;
  // A neutral entry, where Consul could not take it away, need not look like what stood before; `after` was put there again by somebody else.
  return place === 'after' ? 'other' : 'before';
}

function ofStage(
  writes: readonly number[],
  stages: readonly number[],
  choose: (...stages: number[]) => number,
): number[] {
  const stageOf = (write: number) => stages[write] ?? 0;
  const stage = choose(...writes.map(stageOf));
  return writes.filter((write) => stageOf(write) === stage);
}
