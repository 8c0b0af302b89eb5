import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countedText, shareNumber, shareText, typedShare } from './share-text';

it('says a share with the digits that it has', () => {
  expect([0, 10, 12.5, 33.33, 99.999_999].map(shareText)).toEqual(['0 %', '10 %', '12.5 %', '33.33 %', '100 %']);
  expect(countedText(4.666)).toBe('4.7 %');
});

it('takes a share as people type it', () => {
  expect(['10', ' 12.5 ', '12,5', '5 %', '7.', '100', '0.01'].map(typedShare)).toEqual([
    10, 12.5, 12.5, 5, 7, 100, 0.01,
  ]);
});

it('takes nothing that is no share', () => {
  for (const text of ['', '-1', '100.01', '1e1', '12.345', '0x10', 'ten', '1 0', '<b>']) {
    expect(typedShare(text), text).toBeNull();
  }
});

it('reads what it says', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 }), (hundredths) => {
      expect(typedShare(shareNumber(hundredths / 100))).toBe(hundredths / 100);
    }),
  );
});
