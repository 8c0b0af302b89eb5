import { FilterRefusal } from './filter-error';
import { type Comparison, type Filter, MOST_CHARACTERS, type Span, type Value, type Word } from './syntax';
import { filterTokens, type Token } from './tokens';

/** Parentheses and negations in each other. */
export const DEEPEST = 50;

/**
 * What a filter says: `or` between `and` between `not` between terms, from the loosest to the tightest; two terms side by side are joined by
 * `and`. Throws a `FilterRefusal`.
 */
export function parseFilter(text: string): Filter {
  if (text.length > MOST_CHARACTERS) {
    throw new FilterRefusal('too-long', { start: MOST_CHARACTERS, end: text.length }, limit(MOST_CHARACTERS));
  }
  const parser = new Parser(text, filterTokens(text));
  return parser.whole();
}

const limit = (most: number) => ({ expected: [String(most)] });

class Parser {
  #at = 0;
  #depth = 0;

  constructor(
    private readonly text: string,
    private readonly tokens: readonly Token[],
  ) {}

  whole(): Filter {
    if (this.tokens.length === 0) return { kind: 'everything' };
    const filter = this.#or();
    const rest = this.tokens[this.#at];
    if (rest) throw this.#refusal('unopened-parenthesis', rest);
    return filter;
  }

  #or(): Filter {
    const of = [this.#and()];
    while (this.#takes('or')) of.push(this.#and());
    return of.length === 1 && of[0] ? of[0] : { kind: 'or', of };
  }

  #and(): Filter {
    const of = [this.#term()];
    for (;;) {
      const next = this.tokens[this.#at]?.kind;
      if (next === undefined || next === 'or' || next === 'close') break;
      if (next === 'and') this.#at += 1;
      of.push(this.#term());
    }
    return of.length === 1 && of[0] ? of[0] : { kind: 'and', of };
  }

  #term(): Filter {
    const token = this.tokens[this.#at];
    if (!token) throw new FilterRefusal('missing-term', { start: this.text.length, end: this.text.length });
    this.#at += 1;
    switch (token.kind) {
      case 'word':
      case 'comparison':
        return this.#checked(token);
      case 'not':
        return this.#deeper(token, () => ({ kind: 'not', of: this.#term() }));
      case 'open':
        return this.#deeper(token, () => this.#inParentheses(token));
      default:
        throw this.#refusal('missing-term', token);
    }
  }

  #inParentheses(open: Span): Filter {
    const filter = this.#or();
    if (!this.#takes('close')) throw this.#refusal('unclosed-parenthesis', open);
    return filter;
  }

  #deeper(token: Span, read: () => Filter): Filter {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new FilterRefusal('too-deep', token, limit(DEEPEST));
    const filter = read();
    this.#depth -= 1;
    return filter;
  }

  #takes(kind: Token['kind']): boolean {
    if (this.tokens[this.#at]?.kind !== kind) return false;
    this.#at += 1;
    return true;
  }

  #checked(token: Word | Comparison): Filter {
    for (const value of token.kind === 'word' ? [token.value] : token.values) this.#checkValue(value);
    return token;
  }

  #checkValue(value: Value): void {
    if (!value.closed) throw this.#refusal('unclosed-quote', { start: value.start, end: value.start + 1 });
    if (value.text === '' && !value.quoted) throw this.#refusal('missing-value', afterwards(value, this.text));
  }

  #refusal(code: FilterRefusal['error']['code'], { start, end }: Span): FilterRefusal {
    return new FilterRefusal(code, { start, end }, { found: this.text.slice(start, end) });
  }
}

/** The character where a value was to begin; nothing at the end of the text. */
function afterwards({ start }: Value, text: string): Span {
  const character = text.codePointAt(start);
  return { start, end: start + (character === undefined ? 0 : String.fromCodePoint(character).length) };
}
