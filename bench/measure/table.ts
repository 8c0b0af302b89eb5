import { mkdirSync, writeFileSync } from 'node:fs';
import { projectPath } from '@/scripts/launcher/project.mjs';

/** One measured line; `bounds` are the goals it is held against. */
export interface Row {
  readonly what: string;
  readonly values: Readonly<Record<string, number>>;
  readonly bounds?: Readonly<Record<string, number>>;
}

/** Prints rows as a table, a star behind each value that is over its bound, and keeps them as `bench/results/<name>.json`. */
export function report(
  name: string,
  unit: string,
  rows: readonly Row[],
  details: Readonly<Record<string, unknown>>,
): void {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row.values)))];
  const cells = rows.map((row) => [row.what, ...columns.map((column) => cell(row, column))]);
  const head = [`${name}, ${unit}`, ...columns];
  const widths = head.map((title, at) => Math.max(title.length, ...cells.map((line) => line[at]?.length ?? 0)));
  for (const line of [head, ...cells]) {
    console.log(
      line.map((text, at) => (at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0))).join('  '),
    );
  }
  const over = rows.flatMap((row) =>
    columns.filter((column) => isOver(row, column)).map((column) => `${row.what}: ${column}`),
  );
  console.log(over.length > 0 ? `Over the bound: ${over.join('; ')}.` : 'Every bound is kept.');
  const folder = projectPath('bench/results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/${name}.json`, `${JSON.stringify({ name, unit, rows, ...details }, null, 2)}\n`);
}

const isOver = (row: Row, column: string): boolean =>
  (row.values[column] ?? Number.NaN) > (row.bounds?.[column] ?? Number.POSITIVE_INFINITY);

function cell(row: Row, column: string): string {
  const value = row.values[column];
  if (value === undefined) return '';
  const bound = row.bounds?.[column];
  return `${value.toFixed(1)}${bound === undefined ? '' : ` (${bound})`}${isOver(row, column) ? ' *' : ''}`;
}
