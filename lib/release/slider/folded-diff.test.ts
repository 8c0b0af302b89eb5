import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldedDiff } from './folded-diff';
import { type DiffLine, diffLines } from './line-diff';

const same = (count: number): DiffLine[] =>
  Array.from({ length: count }, (_, n) => ({ before: `${n}`, after: `${n}` }));
const change: DiffLine = { before: 'old', after: 'new' };

it('keeps four lines on each side of a change, and counts the others', () => {
  const rows = foldedDiff([...same(20), change, ...same(10)]);
  expect(rows).toHaveLength(1 + 4 + 1 + 4 + 1);
  expect([rows[0], rows.at(-1)]).toEqual([{ folded: 16 }, { folded: 6 }]);
  expect(rows[5]).toEqual(change);
});

it('folds no few', () => {
  const rows = [...same(7), change];
  expect(foldedDiff(rows)).toEqual(rows);
});

it('loses nothing: what is shown and what is counted make up the whole', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 60 });
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const rows = diffLines(before, after);
      const folded = foldedDiff(rows);
      expect(folded.reduce((sum, row) => sum + ('folded' in row ? row.folded : 1), 0)).toBe(rows.length);
      const changes = (of: readonly object[]) =>
        of.filter((row) => 'before' in row && Reflect.get(row, 'after') !== row.before);
      expect(changes(folded)).toEqual(changes(rows));
    }),
  );
});
