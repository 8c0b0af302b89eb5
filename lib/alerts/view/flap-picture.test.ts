import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleEvidence } from '@/lib/alerts/example-alerts';
import { flapSlots } from './flap-slots';
import { gapBins, recoveryGaps, withinPeriod } from './recovery-gaps';
import { scoreLine } from './score-points';

const [fast] = exampleEvidence.flapping.scales;
if (!fast) throw new Error('The example has a scale.');
const at = (s: number) => new Date(Date.UTC(2026, 0, 15) + s * 1_000).toISOString();
const change = (s: number, from: string, to: string) => ({ at: at(s), from, to, merged: false, instance: null });

describe('the strip', () => {
  it('ends with the newest slot, which stands tallest, and tells what nobody watched', () => {
    const slots = flapSlots(fast);
    expect(slots).toHaveLength(20);
    expect(slots.at(-1)).toMatchObject({
      fromMs: Date.parse(fast.newestFrom),
      toMs: Date.parse(fast.newestFrom) + 30_000,
      state: 'changed',
      changes: 4,
      heightPercent: 100,
    });
    // 0.8 / 1.18
    expect(slots[0]).toMatchObject({ state: 'unknown', heightPercent: expect.closeTo(67.8, 1) });
    expect(slots.every((slot, index) => index === 0 || slot.fromMs === (slots[index - 1]?.toMs ?? 0))).toBe(true);
  });

  it('takes a letter that it does not know for what nobody watched', () => {
    expect(flapSlots({ ...fast, slots: '!' })[0]?.state).toBe('unknown');
  });
});

describe('the score over time', () => {
  const slots = flapSlots(fast);
  const ends = [slots[0]?.fromMs ?? 0, ...slots.map(({ toMs }) => toMs)];

  it('has no line where nobody watched, and one gap for slots side by side', () => {
    const line = scoreLine(fast, { slotMs: 30_000, atMs: ends, score: ends.map((_, n) => n) });
    // Two slots of `??`: they end at the third of the ends, which is known again by the fourth.
    expect(line?.gaps).toEqual([{ fromMs: ends[0], toMs: ends[2] }]);
    expect(line?.points.slice(0, 4).map(({ score }) => score)).toEqual([null, null, null, 3]);
    expect(line?.points.at(-1)).toEqual({ atMs: ends.at(-1), score: 20 });
  });

  it('is drawn in order and within its span, whatever came', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -5, max: 30 }), fc.integer({ min: 0, max: 99 }))), (scores) => {
        const line = scoreLine(fast, {
          slotMs: 30_000,
          atMs: scores.map(([slot]) => (ends[0] ?? 0) + slot * 30_000),
          score: scores.map(([, score]) => score),
        });
        if (line === null) return scores.length === 0;
        const { points, span } = line;
        return points.every(
          ({ atMs }, n) => atMs >= span.fromMs && atMs <= span.toMs && atMs >= (points[n - 1]?.atMs ?? atMs),
        );
      }),
    );
  });

  it('is nothing without scores', () => {
    expect(scoreLine(fast, { slotMs: 30_000, atMs: [], score: [] })).toBeNull();
  });
});

describe('the period', () => {
  it('is from one recovery to the next: a way up alone, or by halves, is none', () => {
    const transitions = [
      change(0, 'critical', 'passing'),
      change(10, 'passing', 'critical'),
      change(20, 'critical', 'warning'),
      change(25, 'warning', 'passing'),
      change(50, 'passing', 'warning'),
      change(60, 'warning', 'passing'),
      change(70, 'passing', 'maintenance'),
      change(80, 'maintenance', 'passing'),
      change(90, 'passing', 'critical'),
      change(101, 'critical', 'passing'),
    ];
    // Recovered at 20, 60 and 101.
    expect(recoveryGaps(transitions)).toEqual([40_000, 41_000]);
  });

  it('counts each gap once, and those around the period apart', () => {
    const gaps = [10_000, 38_000, 40_000, 49_999, 51_000, 500_000];
    const bins = gapBins(gaps, 40_000);
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(gaps.length);
    expect(bins.at(-1)?.count).toBe(1);
    expect(withinPeriod(gaps, 40_000)).toEqual({ count: 3, fromMs: 38_000, toMs: 49_999 });
  });
});
