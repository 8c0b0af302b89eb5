import { type Comparison, MOST_CHARACTERS, type Operator, type Span, type Value, type Word } from './syntax';

export type Token = Word | Comparison | (Span & { readonly kind: 'open' | 'close' | 'and' | 'or' | 'not' });

/** A field before its operator. White space may stand between them, but not before a colon. */
const FIELD = /([a-z][\w-]*(?:\.[\w.-]*)?)(?::|\s*(?:!=|[=<>~]))/iy;
const OPERATOR = /\s*(!=|>=|<=|[:=<>~])/y;
const BEHIND_COLON = /!=|>=|<=|[=<>~]/y;
const SPACE = /\s*/y;
/** A word ends at white space, a quote or a parenthesis; a value at a comma too. */
const WORD = /[^\s"()]*/y;
const VALUE = /[^\s"(),]*/y;

/** Signs as an input method for Chinese writes them; each is one code unit, as what it stands for. */
const toPlainSigns = (text: string): string =>
  text
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\u201c\u201d]/g, '"');

/**
 * The tokens of a text, in order and without overlap, so that each character is looked at a fixed number of times; no further than a filter may be
 * long. What is wrong with them is for the parser to say.
 */
export function filterTokens(text: string): Token[] {
  const scanner = new Scanner(text.slice(0, MOST_CHARACTERS));
  const tokens: Token[] = [];
  for (let token = scanner.next(); token; token = scanner.next()) tokens.push(token);
  return tokens;
}

class Scanner {
  /** The text with its signs in plain form: the same offsets. */
  readonly #signs: string;
  #at = 0;

  constructor(private readonly text: string) {
    this.#signs = toPlainSigns(text);
  }

  next(): Token | null {
    this.#take(SPACE);
    const start = this.#at;
    const sign = this.#signs[start];
    if (sign === undefined) return null;
    if (sign === '(' || sign === ')') return this.#sign(sign === '(' ? 'open' : 'close');
    if (sign === '-' || sign === '!') return this.#sign('not');
    if (sign === '"') return this.#word(this.#quoted());
    FIELD.lastIndex = start;
    const field = FIELD.exec(this.#signs)?.[1];
    return field ? this.#comparison(field.length) : this.#word(this.#bare(WORD));
  }

  #sign(kind: 'open' | 'close' | 'not'): Token {
    this.#at += 1;
    return { kind, start: this.#at - 1, end: this.#at };
  }

  #word(value: Value): Token {
    const { start, end } = value;
    const keyword = value.quoted ? '' : value.text.toLowerCase();
    if (keyword === 'and' || keyword === 'or' || keyword === 'not') return { kind: keyword, start, end };
    return { kind: 'word', value, start, end };
  }

  #comparison(fieldLength: number): Comparison {
    const start = this.#at;
    const field = { start, end: start + fieldLength, text: this.text.slice(start, start + fieldLength) };
    this.#at = field.end;
    OPERATOR.lastIndex = field.end;
    const first = (OPERATOR.exec(this.#signs)?.[1] ?? ':') as Operator;
    this.#at = OPERATOR.lastIndex;
    const second = first === ':' ? (this.#take(BEHIND_COLON) as Operator | '') : '';
    const sign = second || first;
    const operator = { sign, start: this.#at - sign.length, end: this.#at };
    if (operator.sign !== ':') this.#take(SPACE);
    const values = [this.#value()];
    while (this.#signs[this.#at] === ',') {
      this.#at += 1;
      values.push(this.#value());
    }
    return { kind: 'comparison', field, operator, values, start, end: this.#at };
  }

  #value(): Value {
    return this.#signs[this.#at] === '"' ? this.#quoted() : this.#bare(VALUE);
  }

  #bare(pattern: RegExp): Value {
    const start = this.#at;
    this.#take(pattern);
    return { start, end: this.#at, text: this.text.slice(start, this.#at), quoted: false, closed: true };
  }

  /** A backslash before a quote or a backslash takes its meaning away; before anything else it is a backslash. */
  #quoted(): Value {
    const start = this.#at;
    let text = '';
    for (this.#at += 1; this.#at < this.text.length; this.#at += 1) {
      const sign = this.#signs[this.#at];
      if (sign === '"') {
        this.#at += 1;
        return { start, end: this.#at, text, quoted: true, closed: true };
      }
      const next = this.#signs[this.#at + 1];
      if (sign === '\\' && (next === '"' || next === '\\')) this.#at += 1;
      text += this.text[this.#at];
    }
    return { start, end: this.#at, text, quoted: true, closed: false };
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const taken = pattern.exec(this.#signs)?.[0] ?? '';
    this.#at += taken.length;
    return taken;
  }
}
