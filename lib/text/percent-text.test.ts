import { expect, it } from 'vitest';
import { percentText } from './percent-text';

it('never rounds a share up to all of it, nor down to nothing', () => {
  expect([1, 0.999999, 0.9796, 0.5, 0.00001, 0].map(percentText)).toEqual([
    '100 %',
    '99.99 %',
    '97.96 %',
    '50.00 %',
    '< 0.01 %',
    '0 %',
  ]);
});
