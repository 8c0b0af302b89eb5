/** A span of time, ms since 1970; `toMs` is not in it. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The ranges that are offered: each ends now and moves on with it. */
export const rangeNames = ['15m', '1h', '6h', '24h', '7d', '30d', '90d', '1y'] as const;
export type RangeName = (typeof rangeNames)[number];

export const rangeMs: Readonly<Record<RangeName, number>> = {
  '15m': 15 * MINUTE_MS,
  '1h': HOUR_MS,
  '6h': 6 * HOUR_MS,
  '24h': DAY_MS,
  '7d': 7 * DAY_MS,
  '30d': 30 * DAY_MS,
  '90d': 90 * DAY_MS,
  '1y': 365 * DAY_MS,
};

/** Shorter spans show nothing that their transitions do not say better. */
export const SHORTEST_SPAN_MS = 10_000;

const MOST_STEPS = 480;
const stepsMs = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * 1_000),
  ...[1, 2, 3, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 7].map((days) => days * DAY_MS),
];

/** How wide a bucket of a span of `lengthMs` is, in ms: a round number, and 480 of them at most. */
export function stepOf(lengthMs: number): number {
  return (
    stepsMs.find((stepMs) => lengthMs / stepMs <= MOST_STEPS) ?? Math.ceil(lengthMs / MOST_STEPS / DAY_MS) * DAY_MS
  );
}

/** How often a span of `lengthMs` that ends now moves on, in ms: by whole buckets, and for the shortest not at each of them. */
export const paceOf = (lengthMs: number): number => Math.max(stepOf(lengthMs), 10_000);

/** How often at most what is shown of a span of `lengthMs` that ends now is read anew because something changed, in ms. */
export const refreshOf = (lengthMs: number): number =>
  lengthMs <= HOUR_MS ? 2_000 : lengthMs <= DAY_MS ? 5_000 : 15_000;

/** The last `lengthMs` up to the end of the bucket that `nowMs` falls in: it moves by whole buckets, so that none changes its place. */
export function movingSpan(lengthMs: number, nowMs: number): Span {
  const paceMs = paceOf(lengthMs);
  const toMs = Math.ceil(nowMs / paceMs) * paceMs;
  return { fromMs: toMs - lengthMs, toMs };
}

/** `span` as far as it lies within `limits`, at least `SHORTEST_SPAN_MS` long. */
export function clampSpan(span: Span, limits: Span): Span {
  const fromMs = Math.max(limits.fromMs, Math.min(span.fromMs, limits.toMs - SHORTEST_SPAN_MS));
  return { fromMs, toMs: Math.min(limits.toMs, Math.max(span.toMs, fromMs + SHORTEST_SPAN_MS)) };
}

/** Where a moment lies within a span, in percent from its start; outside of it below 0 or above 100. */
export function percentAt(span: Span, atMs: number): number {
  return ((atMs - span.fromMs) / (span.toMs - span.fromMs)) * 100;
}

/** Left edge and width in percent of what lasts from `fromMs` to `toMs`, as far as it lies within `span`; null: it does not. */
export function placed(span: Span, fromMs: number, toMs: number): { leftPercent: number; widthPercent: number } | null {
  const leftPercent = percentAt(span, Math.max(fromMs, span.fromMs));
  const rightPercent = percentAt(span, Math.min(toMs, span.toMs));
  if (leftPercent > 100 || rightPercent < 0 || rightPercent < leftPercent) return null;
  return { leftPercent, widthPercent: rightPercent - leftPercent };
}

/** Reads `<ISO 8601>/<ISO 8601>`, as it stands in a URL; null for anything else, and for a span that ends before it begins. */
export function parseSpan(text: string): Span | null {
  const [from, to, ...more] = text.split('/');
  if (from === undefined || to === undefined || more.length > 0) return null;
  const span = { fromMs: parseMoment(from), toMs: parseMoment(to) };
  return span.fromMs !== null && span.toMs !== null && span.fromMs < span.toMs ? (span as Span) : null;
}

export const formatSpan = ({ fromMs, toMs }: Span): string => `${formatMoment(fromMs)}/${formatMoment(toMs)}`;

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/** Reads a moment as it stands in a URL, ISO 8601 with its zone; null for anything else. Ms since 1970. */
export function parseMoment(text: string): number | null {
  const atMs = ISO_TIME.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(atMs) ? null : atMs;
}

/** ISO 8601 in UTC, without the ms where they are nought. */
export const formatMoment = (atMs: number): string => new Date(atMs).toISOString().replace('.000Z', 'Z');
