import type { Candidate, Typing } from './candidate';
import { foldText } from './fold-text';
import { writtenValue } from './quote';
import { type FieldType, findField, fittingOperators } from './schema';
import type { Comparison } from './syntax';

/** What a value of a type looks like, where the data has none to show. */
const examples: Readonly<Partial<Record<FieldType, readonly string[]>>> = {
  boolean: ['true', 'false'],
  age: ['10m', '1h', '1d', '1w'],
};

/** Values that have in them what was typed of one: those that begin so first, then operators, where none is yet. */
export function completeValue<T>(
  { text, caret, schema, values }: Typing<T>,
  { field: written, operator, values: given }: Comparison,
): Candidate[] {
  const name = foldText(written.text);
  const field = findField(schema, name);
  if (!field) return [];
  // White space behind an operator belongs to no value.
  const { start, end } = given.find((value) => value.start <= caret && caret <= value.end) ?? {
    start: caret,
    end: caret,
  };
  const typed = foldText(text.slice(text[start] === '"' ? start + 1 : start, caret));
  const known = values(name);
  const counts = new Map(known.map((one) => [one.value, one.count]));
  const absent = field.type === 'choice' && known.length > 0 ? 0 : null;
  const labels = field.type === 'choice' ? field.choices : (examples[field.type] ?? known.map((one) => one.value));
  const place = (label: string): number => foldText(label).indexOf(typed);
  const candidates = labels
    .filter((label) => place(label) >= 0 && foldText(label) !== typed)
    .map((label): Candidate => {
      return { kind: 'value', label, insert: writtenValue(label), count: counts.get(label) ?? absent, start, end };
    });
  const signs =
    operator.sign === ':' && typed === '' ? fittingOperators[field.type].filter((sign) => /[<>]/.test(sign)) : [];
  return [
    ...candidates.filter(({ label }) => place(label) === 0),
    ...signs.map((sign): Candidate => ({ kind: 'operator', label: sign, insert: sign, count: null, start, end })),
    ...candidates.filter(({ label }) => place(label) > 0),
  ];
}
