import type { Chance } from './chance';
import type { Step } from './labelled-history';

/** Healthy all the time but in these spans, ms; spans that touch become one. */
export function downIn(spans: readonly Span[], status: Step['status'] = 'critical'): Step[] {
  const steps: Step[] = [];
  let untilMs = Number.NEGATIVE_INFINITY;
  for (const { fromMs, toMs } of [...spans].sort((a, b) => a.fromMs - b.fromMs)) {
    if (toMs <= untilMs) continue;
    if (fromMs <= untilMs) steps.pop();
    else steps.push({ atMs: fromMs, status });
    steps.push({ atMs: toMs, status: 'passing' });
    untilMs = toMs;
  }
  return steps;
}

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Three in ten outages stutter as they come or go, three in ten of these once more, and so on. */
const STUTTERS = 0.3;

/** An outage. Nobody would call it a flap, however it stutters. */
export function outage(chance: Chance, fromMs: number, lastsMs: number): Span[] {
  let stutters = 0;
  while (chance.happens(STUTTERS)) stutters += 1;
  const before = chance.whole(0, stutters);
  const spans: Span[] = [];
  let atMs = fromMs;
  const stutter = () => {
    const toMs = atMs + chance.scaled(5_000, 60_000);
    spans.push({ fromMs: atMs, toMs });
    atMs = toMs + chance.scaled(5_000, 60_000);
  };
  for (let n = 0; n < before; n += 1) stutter();
  spans.push({ fromMs: atMs, toMs: atMs + lastsMs });
  atMs += lastsMs + chance.scaled(5_000, 60_000);
  for (let n = before; n < stutters; n += 1) stutter();
  return spans;
}

export interface FlapShape {
  readonly periodMs: number;
  /** Which part of a period it is down, 0 to 1. */
  readonly downShare: number;
  /** Of the logarithm of each phase. */
  readonly jitter: number;
  readonly cycles: number;
}

/** Down and up, again and again. */
export function flaps(chance: Chance, fromMs: number, { periodMs, downShare, jitter, cycles }: FlapShape): Span[] {
  const spans: Span[] = [];
  let atMs = fromMs;
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    const toMs = atMs + periodMs * downShare * chance.factor(jitter);
    spans.push({ fromMs: atMs, toMs });
    atMs = toMs + periodMs * (1 - downShare) * chance.factor(jitter);
  }
  return spans;
}
