import { mkdirSync, writeFileSync } from 'node:fs';
import { projectPath } from '@/scripts/launcher/project.mjs';

/** One measured line; `bounds` are the goals it is held against. */
export interface Row {
  readonly what: string;
  readonly values: Readonly<Record<string, number>>;
  readonly bounds?: Readonly<Record<string, number>>;
  /** Goals that are not to be fallen short of. */
  readonly least?: Readonly<Record<string, number>>;
}

/** Prints rows as a table, a star behind each value that misses its bound, and keeps them as `bench/results/<name>.json`. */
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
  const missed = rows.flatMap((row) =>
    columns.filter((column) => misses(row, column)).map((column) => `${row.what}: ${column}`),
  );
  console.log(missed.length > 0 ? `Bounds missed: ${missed.join('; ')}.` : 'Every bound is kept.');
  const folder = projectPath('bench/results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/${name}.json`, `${JSON.stringify({ name, unit, rows, ...details }, null, 2)}\n`);
}

function misses(row: Row, column: string): boolean {
  const value = row.values[column];
  if (value === undefined) return false;
  return !(
    value <= (row.bounds?.[column] ?? Number.POSITIVE_INFINITY) &&
    value >= (row.least?.[column] ?? Number.NEGATIVE_INFINITY)
  );
}

function cell(row: Row, column: string): string {
  const value = row.values[column];
  if (value === undefined) return '';
  const bound = row.bounds?.[column];
  const least = row.least?.[column];
  const goal = bound !== undefined ? ` (${bound})` : least !== undefined ? ` (at least ${least})` : '';
  return `${value.toFixed(1)}${goal}${misses(row, column) ? ' *' : ''}`;
}
