import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clampSpan, formatSpan, movingSpan, parseMoment, parseSpan, placed, rangeMs, rangeNames, stepOf } from './span';

const at = (iso: string) => Date.parse(iso);

describe('a span of time', () => {
  it('has at most 480 buckets, of a width that a person would choose', () => {
    expect(rangeNames.map((name) => stepOf(rangeMs[name]) / 1_000)).toEqual([
      2, 10, 60, 180, 1_800, 7_200, 21_600, 86_400,
    ]);
    fc.assert(fc.property(fc.integer({ min: 1, max: 10 ** 14 }), (lengthMs) => lengthMs / stepOf(lengthMs) <= 480));
  });

  it('that moves with the time keeps every bucket in its place', () => {
    const first = movingSpan(rangeMs['24h'], at('2026-11-24T14:28:00Z'));
    const later = movingSpan(rangeMs['24h'], at('2026-11-24T14:29:59Z'));
    const next = movingSpan(rangeMs['24h'], at('2026-11-24T14:30:01Z'));
    expect(later).toEqual(first);
    expect(next.toMs - first.toMs).toBe(180_000);
  });

  it('stands in a URL as two moments with their zone, and nothing else is taken for one', () => {
    const span = { fromMs: at('2026-11-24T10:48:00Z'), toMs: at('2026-11-24T11:36:00.250Z') };
    expect(formatSpan(span)).toBe('2026-11-24T10:48:00Z/2026-11-24T11:36:00.250Z');
    expect(parseSpan(formatSpan(span))).toEqual(span);
    expect(parseMoment('2026-11-24T12:00+01:00')).toBe(at('2026-11-24T11:00:00Z'));
    for (const text of ['', '/', '1', 'yesterday', '2026-11-24T10:48:00', '2026-99-99T00:00:00Z']) {
      expect(parseMoment(text)).toBeNull();
    }
    expect(parseSpan('2026-11-24T11:00:00Z/2026-11-24T10:00:00Z')).toBeNull();
  });

  it('is cut to its limits and never shorter than ten seconds', () => {
    const limits = { fromMs: 0, toMs: 100_000 };
    expect(clampSpan({ fromMs: -5, toMs: 200_000 }, limits)).toEqual(limits);
    expect(clampSpan({ fromMs: 99_000, toMs: 99_500 }, limits)).toEqual({ fromMs: 90_000, toMs: 100_000 });
    expect(clampSpan({ fromMs: 20_000, toMs: 21_000 }, limits)).toEqual({ fromMs: 20_000, toMs: 30_000 });
  });

  it('places what lasts within it, cut at its edges', () => {
    const span = { fromMs: 0, toMs: 1_000 };
    expect(placed(span, 250, 500)).toEqual({ leftPercent: 25, widthPercent: 25 });
    expect(placed(span, -500, 100)).toEqual({ leftPercent: 0, widthPercent: 10 });
    expect(placed(span, 2_000, 3_000)).toBeNull();
  });
});
