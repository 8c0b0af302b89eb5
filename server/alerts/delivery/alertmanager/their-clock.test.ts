import { expect, test } from 'vitest';
import { SystemClock } from '@/server/consul/clock';
import { TheirClock } from './their-clock';

const START = Date.parse('2026-11-27T08:00:00.000Z');

function stage() {
  const at = { wallMs: START, steadyMs: 0 };
  const clock = new SystemClock(
    () => at.wallMs,
    () => at.steadyMs,
  );
  return { at, theirs: new TheirClock(clock) };
}

test('before any answer, and where both clocks are the same, its time is the machine’s, to the millisecond', () => {
  const { theirs } = stage();
  expect(theirs.nowMs).toBe(START);
  // A date has no parts of a second.
  expect(theirs.answered(START - 999)).toBe(false);
  expect(theirs.nowMs).toBe(START);
  expect(theirs.told(START)).toBe(START);
});

test('a clock that is set otherwise is followed, and told once', () => {
  const { theirs } = stage();
  expect(theirs.answered(START + 3_600_000)).toBe(true);
  expect(theirs.answered(START + 3_600_000)).toBe(false);
  expect(theirs.aheadMs).toBe(3_600_000);
  expect(theirs.nowMs).toBe(START + 3_600_000);
  expect(theirs.told(START)).toBe(START + 3_600_000);
  expect(theirs.here(START + 3_600_000)).toBe(START);
});

test('as the machine’s clock is set, its time goes on as it was', () => {
  const { at, theirs } = stage();
  theirs.answered(START);
  at.wallMs -= 3_600_000;
  at.steadyMs += 1_000;
  expect(theirs.nowMs).toBe(START + 1_000);
  expect(theirs.answered(START + 1_000)).toBe(true);
  expect(theirs.nowMs).toBe(START + 1_000);
});
