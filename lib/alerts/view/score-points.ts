import type { AlertBody } from '@/lib/alerts/alert-body';
import type { FlapScaleEvidence } from '@/lib/alerts/evidence';
import type { Span } from '@/lib/timeline/span';
import { flapSlots } from './flap-slots';

type Scores = NonNullable<AlertBody['flap']>['scores'][number];

export interface ScorePoint {
  readonly atMs: number;
  /** Percent from then on; null: nobody watched, and no line is drawn. */
  readonly score: number | null;
}

export interface ScoreLine {
  readonly span: Span;
  readonly points: readonly ScorePoint[];
  /** What nobody watched. */
  readonly gaps: readonly Span[];
}

/**
 * The score of one scale over the slots of its strip, as steps: each holds from the end of a slot on. Over slots that nobody watched there is none; it is known again by the next
 * that was. Null: there is nothing to draw.
 */
export function scoreLine(scale: FlapScaleEvidence, { atMs, score }: Scores): ScoreLine | null {
  const slots = flapSlots(scale);
  const [first] = slots;
  const last = slots.at(-1);
  if (!first || !last || atMs.length === 0) return null;
  const span = { fromMs: first.fromMs, toMs: last.toMs };
  const gaps = joined(slots.filter(({ state }) => state === 'unknown'));
  const unwatched = (ms: number) => gaps.some((gap) => ms > gap.fromMs && ms <= gap.toMs);
  const points = atMs
    .map((at, index) => ({ atMs: at, score: unwatched(at) ? null : (score[index] ?? null) }))
    .filter((point) => point.atMs >= span.fromMs && point.atMs <= span.toMs)
    .sort((a, b) => a.atMs - b.atMs);
  // A line that is not told for as long as a gap lasts must end where it begins, not with the slot after that.
  const ends = gaps.map(({ fromMs }) => ({ atMs: fromMs, score: null }));
  const all = [...points.filter((point) => !ends.some((end) => end.atMs === point.atMs)), ...ends];
  return { span, points: all.sort((a, b) => a.atMs - b.atMs), gaps };
}

function joined(slots: readonly Span[]): Span[] {
  const spans: Span[] = [];
  for (const { fromMs, toMs } of slots) {
    const last = spans.at(-1);
    if (last?.toMs === fromMs) spans[spans.length - 1] = { fromMs: last.fromMs, toMs };
    else spans.push({ fromMs, toMs });
  }
  return spans;
}
