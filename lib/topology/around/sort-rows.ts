export type SortValue = string | number | null;

/** Rows by a value of theirs; those without one last whichever way, those of the same by their id. */
export function sortedRows<Row>(
  rows: readonly Row[],
  valueIn: (row: Row) => SortValue,
  idOf: (row: Row) => string,
  descending: boolean,
): Row[] {
  const valued = rows.map((row) => ({ row, value: valueIn(row), id: idOf(row) }));
  valued.sort((a, b) => {
    if (a.value === null || b.value === null)
      return Number(a.value === null) - Number(b.value === null) || byText(a.id, b.id);
    const order = compared(a.value, b.value);
    return (descending ? -order : order) || byText(a.id, b.id);
  });
  return valued.map(({ row }) => row);
}

function compared(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : byText(String(a), String(b));
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
