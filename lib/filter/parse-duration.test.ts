import { expect, it } from 'vitest';
import { parseDuration } from './parse-duration';

it('reads durations of every unit, added up', () => {
  expect(['250ms', '10s', '10m', '1.5h', '1h30m', '2D', '1w'].map(parseDuration)).toEqual([
    ...[250, 10_000, 600_000, 5_400_000, 5_400_000, 172_800_000, 604_800_000],
  ]);
});

it('takes nothing else for a duration', () => {
  for (const text of ['', '10', 'm', '10 m', '-5m', '10y', '1h 30m', '1.h', '10mm', '支'])
    expect(parseDuration(text)).toBeNull();
});
