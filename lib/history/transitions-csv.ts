import type { TransitionItem } from './transition-item';

const columns = [
  ...(['id', 'observedAt', 'index', 'dc', 'subjectKind', 'subject', 'service', 'node'] as const),
  ...(['kind', 'item', 'from', 'to', 'merged', 'unwatchedFrom'] as const),
] as const satisfies readonly (keyof TransitionItem)[];

/** The first line of the table (RFC 4180). */
export const csvHead = `${columns.join(',')}\r\n`;

export function csvLine(item: TransitionItem): string {
  return `${columns.map((column) => csvField(item[column])).join(',')}\r\n`;
}

/** A spreadsheet takes a text that begins like this for a formula, and names of services come from anywhere: a quote before it says that it is none. */
const FORMULA = /^[\s]*[=+\-@|%]|^[\t\r\n]/;

function csvField(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
