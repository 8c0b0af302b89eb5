import { describe, expect, it } from 'vitest';
import { formatSort, parseSort } from './column-sort';

const columns = ['status', 'service', 'since'] as const;

describe('a sort in a URL', () => {
  it('comes back as it went', () => {
    for (const column of columns) {
      for (const descending of [false, true]) {
        const sort = { column, descending };
        expect(parseSort(columns, formatSort(sort))).toEqual(sort);
      }
    }
  });

  it('is refused when no column has that name', () => {
    for (const text of ['', '-', '--since', 'toString', 'Status']) expect(parseSort(columns, text)).toBeNull();
  });
});
