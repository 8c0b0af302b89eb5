/** Why a text is no JSON, and where. */
export interface JsonFault {
  /** From 1. */
  readonly line: number;
  /** A sentence without the end. */
  readonly reason: string;
}

export interface PlacedJson {
  readonly value: unknown;
  /** The line on which an object or an array of it begins, from 1. */
  lineOf(part: object): number;
}

const MOST_LEVELS = 32;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const TEXT = /"(?:[^"\\]|\\.)*"/y;
const WORD = /true|false|null/y;
const words = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** JSON with where its parts stand in it: what `JSON.parse` does not tell, and its errors tell another way in every version. */
export function placedJson(text: string): PlacedJson | JsonFault {
  const reader = new JsonReader(text);
  try {
    const value = reader.whole();
    return { value, lineOf: (part) => reader.lineOf(part) };
  } catch (error) {
    if (error instanceof NotJson) return { line: reader.line(), reason: error.message };
    throw error;
  }
}

class NotJson extends Error {}

class JsonReader {
  readonly #starts = new WeakMap<object, number>();
  #at = 0;

  constructor(private readonly text: string) {}

  whole(): unknown {
    const value = this.#value(0);
    this.#skip();
    if (this.#at < this.text.length) throw new NotJson('Something follows after the end');
    return value;
  }

  line(at = this.#at): number {
    return this.text.slice(0, at).split('\n').length;
  }

  lineOf(part: object): number {
    return this.line(this.#starts.get(part) ?? 0);
  }

  #value(level: number): unknown {
    this.#skip();
    if (level > MOST_LEVELS) throw new NotJson('It is nested too deeply');
    const sign = this.text[this.#at];
    if (sign === '{') return this.#object(level);
    if (sign === '[') return this.#array(level);
    if (sign === '"') return this.#string();
    const word = this.#taken(WORD);
    if (word !== null) return words.get(word);
    const number = this.#taken(NUMBER);
    if (number !== null) return Number(number);
    throw new NotJson(sign === undefined ? 'It ends too early' : `A value is missing before ${JSON.stringify(sign)}`);
  }

  #object(level: number): unknown {
    const start = this.#at;
    // Without a prototype: a key may be named like a member of every object.
    const result: Record<string, unknown> = Object.create(null);
    this.#starts.set(result, start);
    this.#items('}', () => {
      this.#skip();
      if (this.text[this.#at] !== '"') throw new NotJson('A key in quotation marks is missing');
      const key = this.#string();
      if (Object.hasOwn(result, key)) throw new NotJson(`The key ${JSON.stringify(key)} stands here twice`);
      this.#skip();
      this.#expect(':');
      result[key] = this.#value(level + 1);
    });
    return result;
  }

  #array(level: number): unknown {
    const result: unknown[] = [];
    this.#starts.set(result, this.#at);
    this.#items(']', () => result.push(this.#value(level + 1)));
    return result;
  }

  #items(end: string, item: () => void): void {
    this.#at += 1;
    this.#skip();
    if (this.text[this.#at] === end) {
      this.#at += 1;
      return;
    }
    for (;;) {
      item();
      this.#skip();
      if (this.text[this.#at] === end) break;
      this.#expect(',', end);
    }
    this.#at += 1;
  }

  #string(): string {
    const start = this.#at;
    const quoted = this.#taken(TEXT);
    if (quoted === null) throw new NotJson('A text does not end');
    try {
      return JSON.parse(quoted) as string;
    } catch {
      this.#at = start;
      throw new NotJson('A text holds a sign that must be written as an escape');
    }
  }

  #expect(sign: string, orEnd = ''): void {
    if (this.text[this.#at] !== sign) {
      const wanted = [sign, orEnd].filter(Boolean).map((one) => JSON.stringify(one));
      throw new NotJson(this.#at < this.text.length ? `${wanted.join(' or ')} is missing` : 'It ends too early');
    }
    this.#at += 1;
  }

  #taken(form: RegExp): string | null {
    form.lastIndex = this.#at;
    const [found] = form.exec(this.text) ?? [];
    if (found === undefined) return null;
    this.#at += found.length;
    return found;
  }

  #skip(): void {
    while (/[ \t\n\r]/.test(this.text[this.#at] ?? '')) this.#at += 1;
  }
}
