import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SystemClock } from './clock';

const START = Date.parse('2026-03-01T12:00:00.000Z');

/** A machine whose clock can be set, and the clock that Lictor makes of it. */
function machine() {
  const time = { passedMs: 0, setByMs: 0 };
  const clock = new SystemClock(
    () => Math.floor(START + time.passedMs + time.setByMs),
    () => time.passedMs,
  );
  return { time, clock, now: () => clock.iso(clock.now()) };
}

test('a machine whose clock is set changes no duration, and stamps are told by what it says now', () => {
  const { time, clock, now } = machine();
  const before = clock.now();
  expect(now()).toBe('2026-03-01T12:00:00.000Z');
  time.passedMs = 5_000;
  time.setByMs = -3_600_000;
  expect(clock.now() - before).toBe(5_000);
  expect(now()).toBe('2026-03-01T11:00:05.000Z');
  expect(clock.iso(before)).toBe('2026-03-01T11:00:00.000Z');
});

test('stamps keep the order of their moments while nobody sets the clock', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 2, maxLength: 60 }), (gaps) => {
      const { time, now } = machine();
      const stamps = gaps.map((gapMs) => {
        time.passedMs += gapMs;
        return now();
      });
      expect(stamps).toEqual([...stamps].sort());
    }),
  );
});
