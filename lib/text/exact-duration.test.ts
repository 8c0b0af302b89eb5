import { expect, it } from 'vitest';
import { exactDuration } from './exact-duration';

const said = (durationMs: number) =>
  exactDuration(durationMs, { ms: 'ms', second: 's' }, (longer) => `${longer / 60_000} min`);

it('says what was set as it was set: 800 ms is not 0 s, nor 1.5 s one', () => {
  expect([800, 1_000, 1_500, 40_000, 59_960, 120_000].map(said)).toEqual([
    '800 ms',
    '1 s',
    '1.5 s',
    '40 s',
    '60 s',
    '2 min',
  ]);
});
