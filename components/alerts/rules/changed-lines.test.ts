import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changedLines } from './changed-lines';

it('counts what stands between what was left as it is', () => {
  expect(changedLines('a\nb\nc', 'a\nb\nc')).toBe(0);
  expect(changedLines('a\nb\nc', 'a\nB\nc')).toBe(1);
  expect(changedLines('a\nc', 'a\nb\nc')).toBe(1);
  expect(changedLines('a\nb\nc', 'a\nc')).toBe(1);
  expect(changedLines('a\na', 'a\na\na')).toBe(1);
  expect(changedLines('', 'a\nb')).toBe(2);
});

it('is nothing for what is the same, and the same both ways', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 8 }).map((list) => list.join('\n'));
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      expect(changedLines(before, after) === 0).toBe(before === after);
      expect(changedLines(before, after)).toBe(changedLines(after, before));
    }),
  );
});
