import { momentOfLocal, zoneOffsetMs } from '@/lib/timeline/zone-offset';

/** How long a silence is to last: a while from its beginning, or until a moment that the reader types. */
export const spanChoices = ['30m', '2h', '8h', 'until'] as const;
type SpanChoice = (typeof spanChoices)[number];

const MINUTE_MS = 60_000;
const lastsMs: Readonly<Record<Exclude<SpanChoice, 'until'>, number>> = {
  '30m': 30 * MINUTE_MS,
  '2h': 120 * MINUTE_MS,
  '8h': 480 * MINUTE_MS,
};

export interface SilenceSpan {
  readonly choice: SpanChoice;
  /** For `until`: as an input of type datetime-local writes it, in the reader's zone. */
  readonly local: string;
  /** When it begins, written likewise; null: when it is asked for. */
  readonly beginsLocal: string | null;
}

/** When such a silence would begin, ms since 1970; NaN: no whole moment is typed. */
export function beginOfSpan({ beginsLocal }: SilenceSpan, nowMs: number, timeZone: string): number {
  return beginsLocal === null ? nowMs : momentOf(beginsLocal, timeZone);
}

/** When such a silence would end, ms since 1970; NaN: no whole moment is typed. */
export function endOfSpan(span: SilenceSpan, nowMs: number, timeZone: string): number {
  if (span.choice === 'until') return momentOf(span.local, timeZone);
  return beginOfSpan(span, nowMs, timeZone) + lastsMs[span.choice];
}

/** A moment as an input of type datetime-local writes it, to the minute. */
export const localMinute = (atMs: number, timeZone: string): string =>
  new Date(atMs + zoneOffsetMs(atMs, timeZone)).toISOString().slice(0, 16);

function momentOf(local: string, timeZone: string): number {
  const localMs = Date.parse(`${local}Z`);
  return Number.isNaN(localMs) ? localMs : momentOfLocal(localMs, timeZone);
}
