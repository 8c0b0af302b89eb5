import type { FieldName } from './field-names';
import type { Operator } from './syntax';

/** What is filtered. */
export type FilterSubject = 'services' | 'instances' | 'nodes' | 'transitions' | 'alerts' | 'calls';

/** Since when something has been so, ms since 1970. `atLeast`: it began then or before, nobody saw it begin. */
interface Since {
  readonly ms: number;
  readonly atLeast: boolean;
}

/** A field by its type, with how it is read off a record; nothing to compare with is an empty list, or null. */
export type Field<T> =
  /** `:` finds a part of it. */
  | { readonly type: 'text'; readonly of: (record: T) => readonly string[] }
  /** `:` finds the whole of it: a name that is a part of another one must not be mistaken for it. */
  | { readonly type: 'exact'; readonly of: (record: T) => readonly string[] }
  | { readonly type: 'choice'; readonly of: (record: T) => readonly string[]; readonly choices: readonly string[] }
  | { readonly type: 'version'; readonly of: (record: T) => readonly string[] }
  | { readonly type: 'number'; readonly of: (record: T) => readonly number[] }
  | { readonly type: 'age'; readonly of: (record: T) => Since | null }
  | { readonly type: 'boolean'; readonly of: (record: T) => boolean };
export type FieldType = Field<unknown>['type'];

/** How a kind of thing can be filtered. */
export interface FilterSchema<T> {
  readonly subject: FilterSubject;
  readonly fields: { readonly [Name in Exclude<FieldName, 'meta'>]?: Field<T> };
  /** Where records have metadata. */
  readonly meta?: (record: T) => Readonly<Record<string, string>>;
  /** What a word without a field is looked for in. */
  readonly words: (record: T) => readonly string[];
}

const equality: readonly Operator[] = [':', '=', '!='];
const order: readonly Operator[] = ['>', '>=', '<', '<='];

/** The operators that fit a type. */
export const fittingOperators: Readonly<Record<FieldType, readonly Operator[]>> = {
  text: [...equality, '~'],
  exact: [...equality, '~'],
  choice: equality,
  version: [...equality, ...order, '~'],
  number: [...equality, ...order],
  age: [':', ...order],
  boolean: equality,
};

/** Names of a schema's fields as they are written, `meta.` where there is metadata. */
export function writtenFields<T>({ fields, meta }: FilterSchema<T>): string[] {
  return [...Object.keys(fields), ...(meta ? ['meta.'] : [])];
}

/** The field behind a name as it was written; case does not count. */
export function findField<T>(schema: FilterSchema<T>, written: string): Field<T> | undefined {
  const name = written.toLowerCase();
  const { meta } = schema;
  if (meta && name.startsWith('meta.')) return metaField(meta, name.slice('meta.'.length));
  return Object.hasOwn(schema.fields, name) ? schema.fields[name as keyof typeof schema.fields] : undefined;
}

function metaField<T>(meta: (record: T) => Readonly<Record<string, string>>, key: string): Field<T> | undefined {
  if (key === '') return undefined;
  const of = (record: T) =>
    Object.entries(meta(record)).flatMap(([name, value]) => (name.toLowerCase() === key ? [value] : []));
  return { type: 'text', of };
}
