import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type SortValue, sortedRows } from './sort-rows';

const row = fc.record({ id: fc.string(), value: fc.oneof(fc.integer(), fc.constant(null)) });
const rows = fc.uniqueArray(row, { selector: ({ id }) => id });
const sorted = <V extends SortValue>(of: readonly { id: string; value: V }[], descending: boolean) =>
  sortedRows(
    of,
    ({ value }) => value,
    ({ id }) => id,
    descending,
  );

it('keeps every row, and those without a value at the end either way', () => {
  fc.assert(
    fc.property(rows, fc.boolean(), (of, descending) => {
      const after = sorted(of, descending);
      expect(new Set(after)).toEqual(new Set(of));
      const values = after.map(({ value }) => value);
      const first = values.indexOf(null);
      if (first >= 0) expect(values.slice(first).every((value) => value === null)).toBe(true);
      const known = values.filter((value) => value !== null);
      expect(known).toEqual(known.toSorted((a, b) => (descending ? b - a : a - b)));
    }),
  );
});

it('is the same whatever order the rows came in', () => {
  fc.assert(
    fc.property(rows, fc.boolean(), (of, descending) => {
      expect(sorted(of.toReversed(), descending)).toEqual(sorted(of, descending));
    }),
  );
});
