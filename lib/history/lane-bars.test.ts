import { expect, test } from 'vitest';
import { laneBars, MOST_BARS } from './lane-bars';
import type { StatusStep } from './tally-steps';

const bar = (fromMs: number, toMs: number, status: string) => ({
  from: new Date(fromMs).toISOString(),
  to: new Date(toMs).toISOString(),
  status,
});

test('a bar is as long as it was not passing; equal ones are one', () => {
  const steps: StatusStep[] = [
    { atMs: 0, status: 'passing' },
    { atMs: 10, status: 'critical' },
    { atMs: 15, status: 'critical' },
    { atMs: 20, status: 'warning' },
    { atMs: 25, status: 'passing' },
  ];
  expect(laneBars(steps, [], 0, 100)).toEqual({ bars: [bar(10, 20, 'critical'), bar(20, 25, 'warning')], hidden: 0 });
});

test('a gap is unknown whatever was before it, and a time at which it was not there is no gap', () => {
  const steps: StatusStep[] = [
    { atMs: 20, status: 'critical' },
    { atMs: 60, status: 'passing' },
    { atMs: 90, status: null },
  ];
  expect(
    laneBars(
      steps,
      [
        { fromMs: 30, toMs: 40 },
        { fromMs: 95, toMs: null },
      ],
      0,
      100,
    ).bars,
  ).toEqual([
    bar(0, 20, 'absent'),
    bar(20, 30, 'critical'),
    bar(30, 40, 'unknown'),
    bar(40, 60, 'critical'),
    bar(90, 95, 'absent'),
    bar(95, 100, 'unknown'),
  ]);
});

test('before the steps tell all it is unknown, not absent', () => {
  expect(laneBars([{ atMs: 40, status: 'passing' }], [], 0, 100, 30).bars).toEqual([
    bar(0, 30, 'unknown'),
    bar(30, 40, 'absent'),
  ]);
});

test('of too many the worst and longest are kept, and the others are counted', () => {
  const steps = Array.from({ length: 2 * (MOST_BARS + 10) }, (_, at): StatusStep => {
    if (at % 2 === 1) return { atMs: at * 10, status: 'passing' };
    return { atMs: at * 10, status: at < 40 ? 'warning' : 'critical' };
  });
  const { bars, hidden } = laneBars(steps, [], 0, 100_000);
  expect([bars.length, hidden]).toEqual([MOST_BARS, 10]);
  expect(bars.filter(({ status }) => status === 'warning')).toHaveLength(10);
  expect(bars.map(({ from }) => from)).toEqual([...bars.map(({ from }) => from)].sort());
});
