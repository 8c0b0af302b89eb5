/** A longer pattern is refused: matching takes at most as many steps a character as the pattern has characters. */
export const LONGEST_PATTERN = 100;

/** Characters as `?` counts them: an emoji is one. */
export const characters = (text: string): string[] => Array.from(text);

/**
 * Tells whether a text is of a pattern's shape: `*` is any run of characters, `?` any one. A pattern without either is found anywhere. There is
 * no regular expression behind it, so nothing that is typed can be slow: each piece between two stars is looked for once, from left to right.
 */
export function globMatcher(pattern: string): (text: ArrayLike<string>) => boolean {
  const pieces = pattern.split(/\*+/).map(characters);
  const [first = [], ...rest] = /[*?]/.test(pattern) ? pieces : [[], ...pieces, []];
  const last = rest.pop();
  return (text) => {
    if (!last) return text.length === first.length && fits(first, text, 0);
    const lastAt = text.length - last.length;
    if (lastAt < first.length || !fits(first, text, 0) || !fits(last, text, lastAt)) return false;
    let at = first.length;
    for (const piece of rest) {
      while (at + piece.length <= lastAt && !fits(piece, text, at)) at += 1;
      at += piece.length;
      if (at > lastAt) return false;
    }
    return true;
  };
}

function fits(piece: readonly string[], text: ArrayLike<string>, at: number): boolean {
  return piece.every((sign, index) => sign === '?' || sign === text[at + index]);
}
