import { parseDuration } from './parse-duration';
import type { FilterSubject } from './schema';
import type { Span } from './syntax';
import { parseVersion } from './version-order';

export type FilterErrorCode =
  | 'too-long'
  | 'too-deep'
  | 'unclosed-quote'
  | 'unclosed-parenthesis'
  | 'unopened-parenthesis'
  /** Nothing stands where a term must. */
  | 'missing-term'
  | 'missing-value'
  | 'unknown-field'
  /** The field is one of other things than those that are filtered. */
  | 'foreign-field'
  /** The operator does not fit the field. */
  | 'unfit-operator'
  /** Not one of the field's few values. */
  | 'unknown-value'
  | 'not-a-number'
  | 'not-a-version'
  | 'not-a-duration'
  /** More or less takes one value, not a list. */
  | 'one-value'
  | 'long-pattern';

/** What is wrong with a filter, and where. The sentences are in `lib/text`. */
export interface FilterError extends Span {
  readonly code: FilterErrorCode;
  /** What stands there; empty at the end of the text. */
  readonly found: string;
  /** The field that it is about, as written; null: about none. */
  readonly field: string | null;
  /** What could stand there instead: fields, operators, values; or the limit that was passed. */
  readonly expected: readonly string[];
  /** What is filtered; null where that does not matter. */
  readonly subject: FilterSubject | null;
}

/** Ends the reading of a filter. Thrown and caught inside `readFilter`, never seen outside of it. */
export class FilterRefusal {
  readonly error: FilterError;

  constructor(code: FilterErrorCode, { start, end }: Span, rest: Partial<Omit<FilterError, 'code' | keyof Span>> = {}) {
    this.error = { code, start, end, found: '', field: null, expected: [], subject: null, ...rest };
  }
}

/** Whether what is wrong may be that somebody is still typing: it stands at the end of the text, and going on could mend it. */
export function isDraft({ code, end, found, expected }: FilterError, text: string): boolean {
  if (code === 'unclosed-parenthesis' || code === 'unclosed-quote') return true;
  if (end < text.length) return false;
  if (code === 'missing-term' || code === 'missing-value') return found === '';
  if (code === 'unknown-value') return expected.some((value) => value.startsWith(found.toLowerCase()));
  // One more sign would make it one.
  if (code === 'not-a-version') return parseVersion(`${found}0`) !== null;
  if (code === 'not-a-duration') return parseDuration(`${found}m`) !== null || parseDuration(`${found}0m`) !== null;
  return code === 'not-a-number' && /^[+-]?(\d+\.)?$/.test(found);
}
