import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeTicks } from './time-ticks';
import { momentOfLocal, zoneOffsetMs } from './zone-offset';

const HOUR_MS = 3_600_000;
const iso = (atMs: number) => new Date(atMs).toISOString();

describe('ticks of a time axis', () => {
  it('stand at round times of the zone, and name midnights as days', () => {
    // Berlin is an hour ahead of UTC in November.
    const span = { fromMs: Date.parse('2026-11-23T13:30:00Z'), toMs: Date.parse('2026-11-24T13:30:00Z') };
    const ticks = timeTicks(span, 13, 'Europe/Berlin');
    expect(ticks[0]).toEqual({ atMs: Date.parse('2026-11-23T15:00:00Z'), unit: 'minute' });
    expect(ticks.filter(({ unit }) => unit === 'day').map(({ atMs }) => iso(atMs))).toEqual([
      '2026-11-23T23:00:00.000Z',
    ]);
    expect(ticks).toHaveLength(12);
  });

  it('keep to the clocks where a day has 25 hours or 23', () => {
    const autumn = { fromMs: Date.parse('2026-10-24T22:00:00Z'), toMs: Date.parse('2026-10-25T23:00:00Z') };
    // 00:00 and 02:00 in summer time, 04:00 and on in winter time: the first of two 02:00s is taken.
    expect(
      timeTicks(autumn, 14, 'Europe/Berlin')
        .slice(0, 3)
        .map(({ atMs }) => iso(atMs)),
    ).toEqual(['2026-10-24T22:00:00.000Z', '2026-10-25T00:00:00.000Z', '2026-10-25T03:00:00.000Z']);
    const spring = { fromMs: Date.parse('2026-03-28T23:00:00Z'), toMs: Date.parse('2026-03-29T22:00:00Z') };
    const hours = timeTicks(spring, 30, 'Europe/Berlin');
    expect(hours.every(({ atMs }, at) => at === 0 || atMs - (hours[at - 1]?.atMs ?? 0) === HOUR_MS)).toBe(true);
  });

  it('follow the calendar over a year', () => {
    const span = { fromMs: Date.parse('2025-11-24T00:00:00Z'), toMs: Date.parse('2026-11-24T00:00:00Z') };
    const ticks = timeTicks(span, 13, 'UTC');
    expect(ticks).toHaveLength(12);
    expect(ticks.find(({ unit }) => unit === 'year')).toEqual({ atMs: Date.parse('2026-01-01'), unit: 'year' });
  });

  it('are in order, within the span and no more than asked for, whatever the span and the zone', () => {
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns', 'Australia/Lord_Howe');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_000_000_000_000 }),
        fc.integer({ min: 1_000, max: 400_000_000_000 }),
        fc.integer({ min: 2, max: 20 }),
        zones,
        (fromMs, lengthMs, most, zone) => {
          const toMs = fromMs + lengthMs;
          const ticks = timeTicks({ fromMs, toMs }, most, zone);
          // Clocks that are set back within the span put one step more into it.
          expect(ticks.length).toBeLessThanOrEqual(most + 2);
          for (const [at, tick] of ticks.entries()) {
            expect(tick.atMs).toBeGreaterThanOrEqual(fromMs);
            expect(tick.atMs).toBeLessThanOrEqual(toMs);
            expect(tick.atMs).toBeGreaterThan(ticks[at - 1]?.atMs ?? Number.NEGATIVE_INFINITY);
          }
        },
      ),
    );
  });

  it('give a local time back as the moment at which the clocks show it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000_000_000 }), (anyMs) => {
        const atMs = Math.floor(anyMs / 1_000) * 1_000;
        const localMs = atMs + zoneOffsetMs(atMs, 'Europe/Berlin');
        const back = momentOfLocal(localMs, 'Europe/Berlin');
        // Of an hour that the clocks show twice, the first.
        expect([0, HOUR_MS]).toContain(atMs - back);
      }),
    );
  });
});
