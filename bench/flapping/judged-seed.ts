import { contenders } from './contenders';
import type { Failure } from './failures';
import { judge, Score } from './judge';
import { stories } from './stories';

/** What came of the histories of one seed. */
export interface JudgedSeed {
  readonly seed: number;
  readonly histories: number;
  /** By contender. */
  readonly scores: ReadonlyMap<string, Score>;
  /** Lictor's. */
  readonly failures: readonly Failure[];
  /** From the first fall until Lictor said so, with the period, ms. */
  readonly delays: readonly { readonly periodMs: number; readonly afterMs: number }[];
  /** Flaps that Lictor told more than once. */
  readonly toldAgain: number;
}

export const LICTOR = 'Lictor';

export function judgeSeed(seed: number): JudgedSeed {
  const scores = new Map(Object.keys(contenders).map((name) => [name, new Score()]));
  const failures: Failure[] = [];
  const delays: { periodMs: number; afterMs: number }[] = [];
  let histories = 0;
  let toldAgain = 0;
  for (const history of stories(seed)) {
    histories += 1;
    for (const [name, contender] of Object.entries(contenders)) {
      const { verdicts, afterMs, isToldAgain } = judge(history, contender(history));
      scores.get(name)?.add(verdicts);
      if (name !== LICTOR) continue;
      const { story, told, flap } = history;
      for (const verdict of verdicts) if (verdict !== 'found') failures.push({ seed, story, told, verdict });
      if (flap && afterMs !== null) delays.push({ periodMs: flap.periodMs, afterMs });
      if (isToldAgain) toldAgain += 1;
    }
  }
  return { seed, histories, scores, failures, delays, toldAgain };
}
