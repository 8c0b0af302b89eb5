import { SERVICE_SEVERITY } from '@/lib/fleet/status';
import type { LaneBar } from './bodies';
import type { Span } from './gap-time';
import type { StatusStep } from './tally-steps';

export const MOST_BARS = 500;

interface Bar {
  readonly fromMs: number;
  readonly toMs: number;
  readonly status: LaneBar['status'];
}

/**
 * The bars of a lane: every time at which it was not passing, as long as it was; a gap, and what is before `toldFromMs`, is one of `unknown`, a time at which it was
 * not there one of `absent`. Of more than `MOST_BARS` the worst are kept, of equal ones the longest.
 *
 * @param steps in order
 * @param gaps of the datacenter, in order, without overlap
 * @param toldFromMs from when on the steps tell all; absent: from the start
 */
export function laneBars(
  steps: readonly StatusStep[],
  gaps: readonly Span[],
  fromMs: number,
  toMs: number,
  toldFromMs = fromMs,
): { readonly bars: LaneBar[]; readonly hidden: number } {
  const all = joinBars(withGaps(spansOf(steps, fromMs, toMs), [{ fromMs, toMs: toldFromMs }, ...gaps], toMs)).filter(
    ({ status }) => status !== 'passing',
  );
  const kept = all.length > MOST_BARS ? worstBars(all) : all;
  return { bars: kept.map(barItem), hidden: all.length - kept.length };
}

function spansOf(steps: readonly StatusStep[], fromMs: number, toMs: number): Bar[] {
  const [first] = steps;
  const missing = { atMs: fromMs, status: null };
  const whole = first === undefined || first.atMs > fromMs ? [missing, ...steps] : steps;
  return whole.map(({ atMs, status }, at) => ({
    fromMs: Math.max(atMs, fromMs),
    toMs: Math.min(whole[at + 1]?.atMs ?? toMs, toMs),
    status: status ?? 'absent',
  }));
}

/** Cuts the gaps out of the bars and puts them in between. */
function withGaps(bars: readonly Bar[], gaps: readonly Span[], toMs: number): Bar[] {
  const cut: Bar[] = [];
  for (const bar of bars) {
    let fromMs = bar.fromMs;
    for (const gap of gaps) {
      const gapFromMs = Math.max(gap.fromMs, fromMs);
      const gapToMs = Math.min(gap.toMs ?? toMs, bar.toMs);
      if (gapFromMs >= gapToMs) continue;
      cut.push({ ...bar, fromMs, toMs: gapFromMs }, { fromMs: gapFromMs, toMs: gapToMs, status: 'unknown' });
      fromMs = gapToMs;
    }
    cut.push({ ...bar, fromMs });
  }
  return cut.filter((bar) => bar.fromMs < bar.toMs);
}

function joinBars(bars: readonly Bar[]): Bar[] {
  const joined: Bar[] = [];
  for (const bar of bars) {
    const before = joined.at(-1);
    if (before?.status === bar.status && before.toMs === bar.fromMs) joined.pop();
    const fromMs = before?.status === bar.status && before.toMs === bar.fromMs ? before.fromMs : bar.fromMs;
    joined.push({ ...bar, fromMs });
  }
  return joined;
}

function worstBars(bars: readonly Bar[]): Bar[] {
  const severity = ({ status }: Bar) =>
    status === 'absent' ? SERVICE_SEVERITY.length : SERVICE_SEVERITY.indexOf(status);
  const lengthMs = ({ fromMs, toMs }: Bar) => toMs - fromMs;
  const kept = [...bars].sort((a, b) => severity(a) - severity(b) || lengthMs(b) - lengthMs(a)).slice(0, MOST_BARS);
  return kept.sort((a, b) => a.fromMs - b.fromMs);
}

function barItem({ fromMs, toMs, status }: Bar): LaneBar {
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), status };
}
