import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FailoverWatch, type WatchedStandIn } from './failover-watch';

const T_MS = Date.parse('2026-01-15T03:00:00.000Z');
const iso = (ms: number) => new Date(ms).toISOString();
const there = (seenAtMs: number | null, canServe = true, key = 'dc2/pay'): WatchedStandIn => ({
  key,
  canServe,
  seenAtMs,
});
const see = (watch: FailoverWatch, healthy: number | null, standIns: readonly WatchedStandIn[], nowMs: number) =>
  watch.see({ key: 'dc1/pay', healthy, standIns }, nowMs);

describe('A switch to another datacenter', () => {
  test('is seen when its traffic is, takes until then, and ends when the service is back', () => {
    const watch = new FailoverWatch();
    see(watch, 2, [there(null)], T_MS - 10_000);
    expect(see(watch, 0, [there(null)], T_MS)).toEqual({
      ...{ key: 'dc1/pay', lostAt: iso(T_MS), to: 'dc2/pay', tookMs: null, seenBy: 'declared', endedAt: null },
    });
    expect(see(watch, 0, [there(null)], T_MS + 5_000)).toBeNull();
    expect(see(watch, 0, [there(T_MS + 11_500)], T_MS + 12_000)).toMatchObject({ tookMs: 11_500, seenBy: 'observed' });
    expect(see(watch, 0, [there(T_MS + 60_000)], T_MS + 60_000)).toBeNull();
    expect(see(watch, 1, [there(T_MS + 60_000)], T_MS + 90_000)).toMatchObject({ endedAt: iso(T_MS + 90_000) });
    expect(watch.switches()).toHaveLength(1);
  });

  test('waits until something can serve, and follows where the chain goes', () => {
    const watch = new FailoverWatch();
    see(watch, 1, [], T_MS);
    expect(see(watch, 0, [there(null, false), there(null, false, 'dc3/pay')], T_MS)).toBeNull();
    expect(see(watch, 0, [there(null, false), there(null, true, 'dc3/pay')], T_MS + 1)).toMatchObject({
      to: 'dc3/pay',
    });
    expect(see(watch, 0, [there(null), there(null, true, 'dc3/pay')], T_MS + 2)).toMatchObject({
      to: 'dc2/pay',
      lostAt: iso(T_MS),
    });
  });

  test('is not proved by traffic that went there before', () => {
    const watch = new FailoverWatch();
    see(watch, 1, [there(T_MS - 20_000)], T_MS - 10_000);
    see(watch, 0, [there(T_MS - 20_000)], T_MS);
    see(watch, 0, [there(T_MS + 5_000)], T_MS + 5_000);
    expect(watch.switches()).toMatchObject([{ seenBy: 'declared', tookMs: null }]);
  });

  test('is not proved by traffic of long ago', () => {
    const watch = new FailoverWatch();
    see(watch, 1, [there(T_MS - 900_000)], T_MS - 10_000);
    see(watch, 0, [there(T_MS - 900_000)], T_MS);
    expect(watch.switches()).toMatchObject([{ seenBy: 'declared', tookMs: null }]);
    expect(see(watch, 0, [there(T_MS + 4_000)], T_MS + 4_000)).toMatchObject({ seenBy: 'observed', tookMs: 4_000 });
  });

  test('is none of a service that nobody saw healthy, nor of one whose datacenter is out of sight', () => {
    const watch = new FailoverWatch();
    expect(see(watch, 0, [there(null)], T_MS)).toBeNull();
    see(watch, 1, [there(null)], T_MS + 1);
    expect(see(watch, null, [there(null)], T_MS + 2)).toBeNull();
    expect(see(watch, 1, [there(null)], T_MS + 3)).toBeNull();
    expect(watch.switches()).toEqual([]);
  });

  test('ends with its service', () => {
    const watch = new FailoverWatch();
    see(watch, 1, [there(null)], T_MS);
    see(watch, 0, [there(null)], T_MS);
    expect(watch.forget('dc1/pay', T_MS + 9)).toMatchObject({ endedAt: iso(T_MS + 9) });
    expect(watch.forget('dc1/pay', T_MS + 9)).toBeNull();
  });

  test('of an earlier run goes on, and is not measured over the time in which nobody watched', () => {
    const open = {
      key: 'dc1/pay',
      lostAt: iso(T_MS),
      to: 'dc2/pay',
      tookMs: null,
      seenBy: 'declared',
      endedAt: null,
    } as const;
    const watch = new FailoverWatch();
    watch.adopt([open]);
    expect(see(watch, 0, [there(T_MS + 600_000)], T_MS + 600_000)).toBeNull();
    expect(watch.switches()).toEqual([open]);
    expect(see(watch, 3, [], T_MS + 700_000)).toEqual({ ...open, endedAt: iso(T_MS + 700_000) });
  });

  test('is one at a time, whatever happens; at most 50 are kept, the newest first', () => {
    const happening = fc.record({
      healthy: fc.constantFrom(0, 0, 1, null),
      seen: fc.boolean(),
      canServe: fc.boolean(),
      afterMs: fc.integer({ min: 1, max: 400_000 }),
    });
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 160 }), (steps) => {
        const watch = new FailoverWatch();
        let nowMs = T_MS;
        for (const { healthy, seen, canServe, afterMs } of steps) {
          nowMs += afterMs;
          see(watch, healthy, [there(seen ? nowMs : null, canServe)], nowMs);
          const all = watch.switches();
          expect(all.length).toBeLessThanOrEqual(50);
          expect(all.slice(1).every(({ endedAt }) => endedAt !== null)).toBe(true);
          expect(all.map(({ lostAt }) => lostAt)).toEqual(
            all
              .map(({ lostAt }) => lostAt)
              .sort()
              .reverse(),
          );
          for (const { tookMs, seenBy } of all) expect(tookMs !== null).toBe(seenBy === 'observed');
          for (const { tookMs } of all) expect(tookMs ?? 1).toBeGreaterThan(0);
        }
      }),
    );
  });
});
