import { type Field, type FilterSchema, findField } from './schema';

/** A value that records have, and how many of them. */
interface KnownValue {
  readonly value: string;
  readonly count: number;
}

/** Values of a field by its name; for `meta` the keys that there are. Those of most records first. */
export type KnownValues = (field: string) => readonly KnownValue[];

/** More would not be read, and each letter that is typed looks through all. */
const MOST_VALUES = 1_000;

/** The values that some records have. Counted when they are first asked for. */
export function knownValues<T>(schema: FilterSchema<T>, records: readonly T[]): KnownValues {
  const counted = new Map<string, readonly KnownValue[]>();
  return (name) => {
    let values = counted.get(name);
    if (!values) {
      const field = findField(schema, name);
      const { meta } = schema;
      const of = name === 'meta' && meta ? (record: T) => Object.keys(meta(record)) : field && texts(field);
      values = of ? count(records, of) : [];
      counted.set(name, values);
    }
    return values;
  };
}

function texts<T>(field: Field<T>): ((record: T) => readonly string[]) | undefined {
  switch (field.type) {
    case 'age':
    case 'boolean':
    case 'number':
      return undefined;
    default:
      return field.of;
  }
}

function count<T>(records: readonly T[], of: (record: T) => readonly string[]): KnownValue[] {
  const counts = new Map<string, number>();
  for (const record of records) {
    for (const value of new Set(of(record))) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, number]) => ({ value, count: number }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, MOST_VALUES);
}
