import type { KnownValues } from './known-values';
import type { FilterSchema } from './schema';
import type { Span } from './syntax';

/** Something that could stand at the caret. `insert` takes the place of what is from `start` to `end`. */
export interface Candidate extends Span {
  readonly kind: 'field' | 'operator' | 'value' | 'keyword';
  /** As it is listed: a field's name, a value as it is. */
  readonly label: string;
  readonly insert: string;
  /** How many records have this value; null where that was not counted. */
  readonly count: number | null;
}

/** Where somebody is typing, and what is known there. */
export interface Typing<T> {
  readonly text: string;
  /** Offset in UTF-16 code units. */
  readonly caret: number;
  readonly schema: FilterSchema<T>;
  readonly values: KnownValues;
}
