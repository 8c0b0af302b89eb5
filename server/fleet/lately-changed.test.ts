import { expect, test } from 'vitest';
import { LatelyChanged } from './lately-changed';

const nobody = () => false;

test('the service that changed last comes first; after five minutes it counts no more', () => {
  const lately = new LatelyChanged();
  lately.note('a', 0);
  lately.note('b', 1_000);
  lately.note('a', 2_000);
  expect(lately.names(2_000, nobody)).toEqual(['a', 'b']);
  expect(lately.names(301_500, nobody)).toEqual(['a']);
  expect(lately.names(302_001, nobody)).toEqual([]);
});

test('a service with a watch keeps it for a minute before one that changed later', () => {
  const lately = new LatelyChanged();
  lately.note('watched', 0);
  lately.note('newcomer', 59_000);
  expect(lately.names(59_000, (name) => name === 'watched')).toEqual(['watched', 'newcomer']);
  lately.note('newcomer', 61_000);
  expect(lately.names(61_000, (name) => name === 'watched')).toEqual(['newcomer', 'watched']);
});

test('no more than 256 are remembered, those that changed last', () => {
  const lately = new LatelyChanged();
  for (let n = 0; n < 300; n += 1) lately.note(`s${n}`, n);
  const names = lately.names(300, nobody);
  expect([names.length, names[0], names.at(-1)]).toEqual([256, 's299', 's44']);
});
