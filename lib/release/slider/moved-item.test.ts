import { expect, it } from 'vitest';
import { movedItem } from './moved-item';

it('moves one and keeps the order of the others', () => {
  expect(movedItem(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
  expect(movedItem(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
});

it('leaves the list as it is where there is no such place', () => {
  const items = ['a', 'b'];
  for (const [from, to] of [
    [0, -1],
    [1, 2],
    [2, 0],
    [1, 1],
  ] as const) {
    expect(movedItem(items, from, to)).toBe(items);
  }
});
