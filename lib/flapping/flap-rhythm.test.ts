import { expect, it } from 'vitest';
import { flapPeriodMs } from './flap-rhythm';

const after = (...intervals: number[]): number[] => {
  let atMs = 0;
  return [0, ...intervals.map((interval) => (atMs += interval))];
};

it.each([
  [[40, 40, 40, 40], 40],
  [[38, 41, 40, 43, 39], 40],
  // One way down and up that no check saw is one interval of twice the length.
  [[40, 80, 41, 39, 40], 40],
  [[10, 90, 30, 200, 45], null],
  [[40, 40, 40], null],
  [[], null],
])('intervals %j have the period %s', (intervals, period) => {
  expect(flapPeriodMs(after(...intervals))).toBe(period);
});
