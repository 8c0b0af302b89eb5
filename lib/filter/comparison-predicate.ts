import { FilterRefusal } from './filter-error';
import { foldText } from './fold-text';
import { characters, globMatcher, LONGEST_PATTERN } from './glob';
import { parseDuration } from './parse-duration';
import type { Field } from './schema';
import type { Comparison, Operator, Value } from './syntax';
import { compareVersions, isOfVersion, parseVersion, type Version } from './version-order';

type Test<V> = (value: V) => boolean;
type Predicate<T> = (record: T, nowMs: number) => boolean;

/**
 * Whether a record's field is as a comparison says. Where a field has several values (tags, versions), one that fits is enough, and `!=` wants that
 * none is equal. Throws a `FilterRefusal` where a value does not fit the field's type.
 */
export function comparisonPredicate<T>(field: Field<T>, comparison: Comparison): Predicate<T> {
  const { sign } = comparison.operator;
  const any = <V>(make: (value: Value, sign: Operator) => Test<V>): Test<readonly V[]> => {
    const tests = comparison.values.map((value) => make(value, sign === '!=' ? '=' : sign));
    const one = (values: readonly V[]) => values.some((value) => tests.some((test) => test(value)));
    return sign === '!=' ? (values) => !one(values) : one;
  };
  switch (field.type) {
    case 'text':
      return on(field.of, any(textTest));
    case 'exact':
      return on(
        field.of,
        any((value, operator) => textTest(value, operator === ':' ? '=' : operator)),
      );
    case 'choice':
      return on(field.of, any(choiceTest(field.choices, comparison)));
    case 'version':
      return on(field.of, any(versionTest(comparison)));
    case 'number':
      return on(field.of, any(numberTest(comparison)));
    case 'boolean':
      return on((record: T) => [String(field.of(record))], any(booleanTest(comparison)));
    case 'age':
      return ageTest(field, comparison);
  }
}

const on =
  <T, V>(of: (record: T) => V, test: Test<V>): Predicate<T> =>
  (record) =>
    test(of(record));

function textTest({ text, start, end }: Value, sign: Operator): Test<string> {
  const wanted = foldText(text);
  if (sign === '=') return (value) => foldText(value) === wanted;
  if (sign === ':') return (value) => foldText(value).includes(wanted);
  if (characters(wanted).length > LONGEST_PATTERN) {
    throw new FilterRefusal('long-pattern', { start, end }, { found: text, expected: [String(LONGEST_PATTERN)] });
  }
  const matches = globMatcher(wanted);
  return (value) => matches(characters(foldText(value)));
}

const choiceTest =
  (choices: readonly string[], { field }: Comparison) =>
  ({ text, start, end }: Value): Test<string> => {
    const wanted = foldText(text);
    if (!choices.includes(wanted)) {
      throw new FilterRefusal('unknown-value', { start, end }, { found: text, field: field.text, expected: choices });
    }
    return (value) => value === wanted;
  };

const BOOLEANS: Readonly<Record<string, string>> = { true: 'true', yes: 'true', false: 'false', no: 'false' };

const booleanTest = (comparison: Comparison) => (value: Value) => {
  const wanted = foldText(value.text);
  const meant = Object.hasOwn(BOOLEANS, wanted) ? { ...value, text: BOOLEANS[wanted] ?? '' } : value;
  return choiceTest(['true', 'false'], comparison)(meant);
};

/** Whether a difference (negative: less) is as a sign says. */
const bySign: Readonly<Record<'=' | '>' | '>=' | '<' | '<=', Test<number>>> = {
  '=': (difference) => difference === 0,
  '>': (difference) => difference > 0,
  '>=': (difference) => difference >= 0,
  '<': (difference) => difference < 0,
  '<=': (difference) => difference <= 0,
};
const signTest = (sign: Operator): Test<number> => bySign[sign as keyof typeof bySign] ?? bySign['='];

const numberTest =
  ({ field }: Comparison) =>
  ({ text, start, end }: Value, sign: Operator): Test<number> => {
    const wanted = /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isNaN(wanted))
      throw new FilterRefusal('not-a-number', { start, end }, { found: text, field: field.text });
    const fits = signTest(sign);
    // Not by a difference: two numbers too large for a double differ by NaN.
    return (value) => fits(value < wanted ? -1 : Number(value > wanted));
  };

/** What is no version is compared as text, by what tells equal from other; by what tells earlier from later it is left out. */
const versionTest =
  ({ field }: Comparison) =>
  (value: Value, sign: Operator): Test<string> => {
    const wanted = parseVersion(value.text);
    if (sign === '~' || (!wanted && (sign === ':' || sign === '='))) return textTest(value, sign);
    if (!wanted) {
      const { text, start, end } = value;
      throw new FilterRefusal('not-a-version', { start, end }, { found: text, field: field.text });
    }
    const fits = signTest(sign);
    const compared: Test<Version> =
      sign === ':' ? (version) => isOfVersion(version, wanted) : (version) => fits(compareVersions(version, wanted));
    return (text) => {
      const version = parseVersion(text);
      return version !== null && compared(version);
    };
  };

/**
 * How long ago something began. What began before anybody looked is known to be older than it was seen, and is not known to be younger than
 * anything.
 */
function ageTest<T>({ of }: Field<T> & { type: 'age' }, { field, operator, values }: Comparison): Predicate<T> {
  const [value] = values;
  const limitMs = parseDuration(value?.text ?? '');
  if (!value || limitMs === null) {
    throw new FilterRefusal('not-a-duration', value ?? field, { found: value?.text ?? '', field: field.text });
  }
  const sign = operator.sign === ':' ? '<=' : operator.sign;
  const fits = signTest(sign);
  const younger = sign === '<' || sign === '<=';
  return (record, nowMs) => {
    const since = of(record);
    if (!since || (since.atLeast && younger)) return false;
    return fits(Math.max(0, nowMs - since.ms) - limitMs);
  };
}
