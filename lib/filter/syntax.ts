/** A longer text is no filter that a person wrote. */
export const MOST_CHARACTERS = 1_000;

/** Where something stands in a filter's text: offsets in UTF-16 code units, `end` is behind it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export const operators = [':', '=', '!=', '>', '>=', '<', '<=', '~'] as const;
export type Operator = (typeof operators)[number];

/** A word or a value as it was meant: without quotes and escapes. */
export interface Value extends Span {
  readonly text: string;
  readonly quoted: boolean;
  /** Its closing quote is there, or none is needed. */
  readonly closed: boolean;
}

/** `status:critical`, `version:>=1.5`, `dc=dc1,dc2`. */
export interface Comparison extends Span {
  readonly kind: 'comparison';
  /** As it was written. */
  readonly field: Span & { readonly text: string };
  /** `:>=` is `>=`: a colon before another sign means nothing. */
  readonly operator: Span & { readonly sign: Operator };
  /** At least one; the text of one that is missing is empty, and it is not quoted. */
  readonly values: readonly Value[];
}

export interface Word extends Span {
  readonly kind: 'word';
  readonly value: Value;
}

/** What a filter says, before anybody knows which fields there are. */
export type Filter =
  | { readonly kind: 'everything' }
  | Word
  | Comparison
  | { readonly kind: 'not'; readonly of: Filter }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Filter[] };
