import { compileFilter, type FilterPredicate } from './compile';
import { type FilterError, FilterRefusal } from './filter-error';
import { parseFilter } from './parse';
import { type FilterSchema, findField } from './schema';
import type { Filter } from './syntax';

/** A filter that can be applied. */
interface ReadableFilter<T> {
  readonly text: string;
  readonly matches: FilterPredicate<T>;
  /** It lets everything pass: its text is blank. */
  readonly everything: boolean;
  /** What it lets pass changes with time alone, for it speaks of ages. */
  readonly timed: boolean;
}

export type FilterReading<T> =
  | { readonly ok: true; readonly filter: ReadableFilter<T> }
  | { readonly ok: false; readonly error: FilterError };

/** Reads a filter for the things of a schema. Any text is fine: what cannot be read is an error with its place. */
export function readFilter<T>(text: string, schema: FilterSchema<T>): FilterReading<T> {
  try {
    const filter = parseFilter(text);
    const matches = compileFilter(filter, schema);
    return {
      ok: true,
      filter: { text, matches, everything: filter.kind === 'everything', timed: isTimed(filter, schema) },
    };
  } catch (refusal) {
    if (refusal instanceof FilterRefusal) return { ok: false, error: refusal.error };
    throw refusal;
  }
}

function isTimed<T>(filter: Filter, schema: FilterSchema<T>): boolean {
  switch (filter.kind) {
    case 'comparison':
      return findField(schema, filter.field.text)?.type === 'age';
    case 'not':
      return isTimed(filter.of, schema);
    case 'and':
    case 'or':
      return filter.of.some((one) => isTimed(one, schema));
    default:
      return false;
  }
}
