import { createParser } from 'nuqs';
import { type ColumnSort, formatSort, parseSort } from '@/lib/fleet/column-sort';

/** Keeps a sort in the URL as `?sort=since` or `?sort=-since`; without it, or with a column that is none, `first` counts. */
export function sortParser<Column extends string>(columns: readonly Column[], first: ColumnSort<Column>) {
  return createParser({
    parse: (text) => parseSort(columns, text),
    serialize: formatSort,
    eq: (a, b) => a.column === b.column && a.descending === b.descending,
  })
    .withDefault(first)
    .withOptions({ history: 'push' });
}
