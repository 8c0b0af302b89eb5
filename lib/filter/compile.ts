import { comparisonPredicate } from './comparison-predicate';
import { isFieldName } from './field-names';
import { FilterRefusal } from './filter-error';
import { foldText } from './fold-text';
import { type FilterSchema, findField, fittingOperators, writtenFields } from './schema';
import type { Comparison, Filter } from './syntax';

/** `nowMs` is what ages are counted from, ms since 1970. */
export type FilterPredicate<T> = (record: T, nowMs: number) => boolean;

/** Turns what a filter says into what decides about a record. Throws a `FilterRefusal` where it does not fit the schema. */
export function compileFilter<T>(filter: Filter, schema: FilterSchema<T>): FilterPredicate<T> {
  switch (filter.kind) {
    case 'everything':
      return () => true;
    case 'word': {
      const wanted = foldText(filter.value.text);
      return (record) => schema.words(record).some((text) => foldText(text).includes(wanted));
    }
    case 'comparison':
      return compileComparison(filter, schema);
    case 'not': {
      const of = compileFilter(filter.of, schema);
      return (record, nowMs) => !of(record, nowMs);
    }
    case 'and': {
      const all = filter.of.map((one) => compileFilter(one, schema));
      return (record, nowMs) => all.every((one) => one(record, nowMs));
    }
    case 'or': {
      const all = filter.of.map((one) => compileFilter(one, schema));
      return (record, nowMs) => all.some((one) => one(record, nowMs));
    }
  }
}

function compileComparison<T>(comparison: Comparison, schema: FilterSchema<T>): FilterPredicate<T> {
  const { field: written, operator, values } = comparison;
  const { subject } = schema;
  const field = findField(schema, foldText(written.text));
  if (!field) {
    const { start, end, text: found } = written;
    const code = isFieldName(foldText(found)) ? 'foreign-field' : 'unknown-field';
    throw new FilterRefusal(code, { start, end }, { found, subject, expected: writtenFields(schema) });
  }
  const fitting = fittingOperators[field.type];
  if (!fitting.includes(operator.sign)) {
    const rest = { found: operator.sign, field: written.text, expected: fitting, subject };
    throw new FilterRefusal('unfit-operator', operator, rest);
  }
  const [, second] = values;
  const takesList = operator.sign === ':' || operator.sign === '=' || operator.sign === '!=' || operator.sign === '~';
  if (second && (!takesList || field.type === 'age')) {
    throw new FilterRefusal('one-value', second, { found: second.text, field: written.text });
  }
  return comparisonPredicate(field, comparison);
}
