/** By which column a list is sorted. */
export interface ColumnSort<Column extends string> {
  readonly column: Column;
  readonly descending: boolean;
}

/** Reads `since` or `-since` (descending) off a URL; null for anything that is none of `columns`. */
export function parseSort<Column extends string>(columns: readonly Column[], text: string): ColumnSort<Column> | null {
  const descending = text.startsWith('-');
  const column = columns.find((name) => name === (descending ? text.slice(1) : text));
  return column ? { column, descending } : null;
}

export const formatSort = ({ column, descending }: ColumnSort<string>): string => `${descending ? '-' : ''}${column}`;
