/** How React begins the one style element into which it gathers a page's style sheets. In no text of a page: there `<` is escaped. */
const BEGINNING = Buffer.from('<style data-precedence="');
const NAME_LENGTH = '<style'.length;
const HEAD_END = Buffer.from('</head>');

/**
 * Gives the style element in the head of a page that is written piece by piece its nonce, without which the policy forbids it: Next hands React a nonce for scripts
 * alone. The pieces may be cut anywhere.
 */
export class StyleNonce {
  /** What is not passed on yet; null: there is nothing more to look for. */
  #held: Buffer | null = Buffer.alloc(0);

  constructor(private readonly nonce: string) {}

  /** @returns what may go out of what has come */
  push(piece: Uint8Array): Uint8Array {
    if (this.#held === null) return piece;
    const bytes = Buffer.concat([this.#held, piece]);
    const at = bytes.indexOf(BEGINNING);
    const headEnd = bytes.indexOf(HEAD_END);
    if (at !== -1 && (headEnd === -1 || at < headEnd)) {
      this.#held = null;
      const cut = at + NAME_LENGTH;
      return Buffer.concat([bytes.subarray(0, cut), Buffer.from(` nonce="${this.nonce}"`), bytes.subarray(cut)]);
    }
    if (headEnd !== -1) {
      this.#held = null;
      return bytes;
    }
    const keepsFrom = Math.max(0, bytes.length - BEGINNING.length + 1);
    this.#held = bytes.subarray(keepsFrom);
    return bytes.subarray(0, keepsFrom);
  }

  /** @returns what was held back */
  end(): Uint8Array {
    const held = this.#held ?? Buffer.alloc(0);
    this.#held = null;
    return held;
  }
}
