import type { FilterExpression } from './filter-expression';
import { type FilterToken, filterTokens } from './filter-tokens';

/** Null: it holds something that Lictor does not understand (a regular expression, a test for emptiness), or Consul itself does not. */
export function parseFilter(filter: string): FilterExpression | null {
  const tokens = filterTokens(filter);
  if (tokens === null || tokens.length === 0) return null;
  const parser = new Parser(tokens);
  const expression = parser.or();
  return parser.isAtEnd ? expression : null;
}

type Field = readonly string[];

/** Binds as go-bexpr does: `not` before `and` before `or`, each to the right. */
class Parser {
  #at = 0;

  constructor(private readonly tokens: readonly FilterToken[]) {}

  get isAtEnd(): boolean {
    return this.#at === this.tokens.length;
  }

  or(): FilterExpression | null {
    const left = this.#and();
    if (left === null || !this.#take('word', 'or')) return left;
    const right = this.or();
    return right && { kind: 'or', left, right };
  }

  #and(): FilterExpression | null {
    const left = this.#not();
    if (left === null || !this.#take('word', 'and')) return left;
    const right = this.#and();
    return right && { kind: 'and', left, right };
  }

  #not(): FilterExpression | null {
    if (this.#take('word', 'not')) {
      const of = this.#not();
      return of && { kind: 'not', of };
    }
    if (!this.#take('sign', '(')) return this.#comparison();
    const inner = this.or();
    return this.#take('sign', ')') ? inner : null;
  }

  #comparison(): FilterExpression | null {
    const first = this.#operand();
    if (first === null) return null;
    const { field } = first;
    const isNegated = this.#take('word', 'not');
    if (this.#take('word', 'in')) {
      const second = this.#operand()?.field;
      return second ? { kind: isNegated ? 'lacks' : 'holds', field: second, value: first.value } : null;
    }
    if (field === null) return null;
    if (this.#take('word', 'contains')) {
      const value = this.#operand()?.value;
      return value === undefined ? null : { kind: isNegated ? 'lacks' : 'holds', field, value };
    }
    if (isNegated) return null;
    const isEqual = this.#take('sign', '==');
    if (!isEqual && !this.#take('sign', '!=')) return null;
    const value = this.#operand()?.value;
    return value === undefined ? null : { kind: isEqual ? 'equal' : 'unequal', field, value };
  }

  /** What may be a field and what it is as a value: without quotes the two look alike. A field in quotes is none. */
  #operand(): { field: Field | null; value: string } | null {
    const token = this.tokens[this.#at];
    if (token === undefined || token.kind === 'sign') return null;
    this.#at += 1;
    if (token.kind === 'text') return { field: null, value: token.text };
    const field = [token.text];
    for (let part = this.#part(); part !== null; part = this.#part()) field.push(part);
    return { field, value: field.join('.') };
  }

  #part(): string | null {
    if (this.#take('sign', '.')) return this.#next('word');
    if (!this.#take('sign', '[')) return null;
    const key = this.#next('text');
    return this.#take('sign', ']') ? key : null;
  }

  #next(kind: FilterToken['kind']): string | null {
    const token = this.tokens[this.#at];
    if (token?.kind !== kind) return null;
    this.#at += 1;
    return token.text;
  }

  #take(kind: FilterToken['kind'], text: string): boolean {
    const token = this.tokens[this.#at];
    if (token?.kind !== kind || token.text !== text) return false;
    this.#at += 1;
    return true;
  }
}
