import type { Said } from './contenders';
import type { LabelledHistory } from './labelled-history';

/** `false`: it was said of something, or at a time, that did not flap. */
export type Verdict = 'found' | 'missed' | 'false';

export interface Judgement {
  readonly verdicts: readonly Verdict[];
  /** From the first fall until it was said; null: it was not. */
  readonly afterMs: number | null;
  /** The same thing was said to begin more than once in one flap. */
  readonly isToldAgain: boolean;
}

/** A flap that is told shortly after its end is still told: the slowest windows reach back so far. */
const GRACE_MS = 5 * 60_000;

/** What of it was right and what was not; of one that flapped and of which something was said at another time, both. */
export function judge({ flap }: LabelledHistory, said: readonly Said[]): Judgement {
  const isTrue = ({ atMs }: Said) => flap !== null && atMs >= flap.fromMs && atMs <= flap.toMs + GRACE_MS;
  const right = said.filter(isTrue);
  const verdicts: Verdict[] = [];
  if (flap) verdicts.push(right.length > 0 ? 'found' : 'missed');
  if (right.length < said.length) verdicts.push('false');
  const times = new Map<string, number>();
  for (const { of } of right) times.set(of, (times.get(of) ?? 0) + 1);
  return {
    verdicts,
    afterMs: flap && right[0] ? right[0].atMs - flap.fromMs : null,
    isToldAgain: [...times.values()].some((count) => count > 1),
  };
}

/** Counts verdicts. */
export class Score {
  readonly counts: Record<Verdict, number> = { found: 0, missed: 0, false: 0 };

  add(verdicts: readonly Verdict[]): void {
    for (const verdict of verdicts) this.counts[verdict] += 1;
  }

  /** Of what was said to flap, the part that did, percent; 100 where nothing was said. */
  get precision(): number {
    const { found, false: wrong } = this.counts;
    return found + wrong === 0 ? 100 : (100 * found) / (found + wrong);
  }

  /** Of what flapped, the part that was found, percent. */
  get recall(): number {
    const { found, missed } = this.counts;
    return (100 * found) / (found + missed);
  }
}
