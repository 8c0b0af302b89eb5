/** An answer that came back through HAProxy. */
export interface Answered {
  readonly atMs: number;
  readonly version: string;
}

/** Over which a share is counted: 500 requests at the bench's rate, of which one is a fifth of a percentage point. */
const WINDOW_MS = 1_000;
const STEP_MS = 50;

/**
 * From a moment until the end of the first window from which on every window has a version's share within `pointsOff` percentage points, ms; NaN where the
 * answers never get there. A window without answers is none.
 * @param answers in the order of their times
 */
export function reachedMs(
  answers: readonly Answered[],
  version: string,
  { percent, pointsOff, fromMs, untilMs }: { percent: number; pointsOff: number; fromMs: number; untilMs: number },
): number {
  let reachedAtMs = Number.NaN;
  for (let startMs = untilMs - WINDOW_MS; startMs >= fromMs; startMs -= STEP_MS) {
    const within = answers.filter(({ atMs }) => atMs >= startMs && atMs < startMs + WINDOW_MS);
    const share = (100 * within.filter((one) => one.version === version).length) / within.length;
    if (!(Math.abs(share - percent) <= pointsOff)) break;
    reachedAtMs = startMs;
  }
  return reachedAtMs + WINDOW_MS - fromMs;
}
