/** Longer ones are seldom the same twice. */
const MAX_LENGTH = 100;
const MAX_TEXTS = 50_000;

/**
 * One copy of each text that many records repeat: the names of nodes, tags, metadata, the words of checks. Every answer brings them anew, and 50,000
 * instances would keep as many copies of "HTTP GET /health: 200 OK". Bounded: a fleet whose texts are all different gains nothing here and loses nothing.
 */
export class SharedText {
  readonly #texts = new Map<string, string>();

  /** The same text, as it was first seen. */
  of(text: string): string {
    if (text.length > MAX_LENGTH) return text;
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    if (this.#texts.size >= MAX_TEXTS) this.#texts.clear();
    this.#texts.set(text, text);
    return text;
  }
}
