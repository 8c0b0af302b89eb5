import type { Span } from './span';
import { momentOfLocal, zoneOffsetMs } from './zone-offset';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const stepsMs = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * 1_000),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 4, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 7, 14].map((days) => days * DAY_MS),
];
/** Above two weeks the calendar counts, in months. */
const stepsMonths = [1, 2, 3, 6, 12, 24, 60, 120];

export interface TimeTick {
  readonly atMs: number;
  /** How it is best named: a second, a minute, the start of a day, of a month or of a year, in the zone. */
  readonly unit: 'second' | 'minute' | 'day' | 'month' | 'year';
}

/**
 * Round times of a zone within a span, at most `most` (>= 1), in order. They are round on the zone's own clocks: a day that has 23 or 25 hours has
 * its hours where its clocks show them.
 */
export function timeTicks(span: Span, most: number, timeZone: string): TimeTick[] {
  const lengthMs = span.toMs - span.fromMs;
  // The span may begin on a tick and end on one: then there is one more than steps.
  const stepMs = stepsMs.find((step) => lengthMs / step + 1 <= most);
  const locals = stepMs === undefined ? localMonths(span, most, timeZone) : localSteps(span, stepMs, timeZone);
  const ticks: TimeTick[] = [];
  for (const localMs of locals) {
    const atMs = momentOfLocal(localMs, timeZone);
    if (atMs < span.fromMs || atMs > span.toMs || atMs <= (ticks.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY)) continue;
    ticks.push({ atMs, unit: unitOf(localMs) });
  }
  return ticks;
}

/** Times as the zone's clocks show them, written as if they were UTC. */
function localSteps({ fromMs, toMs }: Span, stepMs: number, timeZone: string): number[] {
  const firstMs = fromMs + zoneOffsetMs(fromMs, timeZone);
  const lastMs = toMs + zoneOffsetMs(toMs, timeZone);
  const locals: number[] = [];
  for (let localMs = Math.ceil(firstMs / stepMs) * stepMs; localMs <= lastMs; localMs += stepMs) locals.push(localMs);
  return locals;
}

function localMonths({ fromMs, toMs }: Span, most: number, timeZone: string): number[] {
  const first = new Date(fromMs + zoneOffsetMs(fromMs, timeZone));
  const last = new Date(toMs + zoneOffsetMs(toMs, timeZone));
  const monthOf = (date: Date) => date.getUTCFullYear() * 12 + date.getUTCMonth();
  const months = monthOf(last) - monthOf(first);
  const step = stepsMonths.find((count) => months / count + 1 <= most) ?? Math.ceil(months / most / 120) * 120;
  const locals: number[] = [];
  for (let month = Math.ceil(monthOf(first) / step) * step; month <= monthOf(last); month += step) {
    locals.push(Date.UTC(Math.floor(month / 12), month % 12));
  }
  return locals;
}

function unitOf(localMs: number): TimeTick['unit'] {
  if (localMs % MINUTE_MS !== 0) return 'second';
  if (localMs % DAY_MS !== 0) return 'minute';
  const date = new Date(localMs);
  if (date.getUTCDate() !== 1) return 'day';
  return date.getUTCMonth() === 0 ? 'year' : 'month';
}
