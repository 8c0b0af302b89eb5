const MAX_CHARACTERS = 160;
/** Nothing in it to be cleaned: a thousand waits a minute name their paths. */
const PLAIN = /^[\x21-\x7e]*$/;

/**
 * The beginning of a foreign text as one harmless line: control characters (terminal codes, line ends) become spaces, the rest
 * is cut to 160 characters.
 */
export function excerpt(text: string): string {
  if (text.length <= MAX_CHARACTERS && PLAIN.test(text)) return text;
  // Cut first: what follows is not worth cleaning, and a body may be megabytes long.
  const line = text
    .slice(0, MAX_CHARACTERS * 4)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFFFD]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = Array.from(line);
  return characters.length > MAX_CHARACTERS ? `${characters.slice(0, MAX_CHARACTERS).join('')}…` : line;
}
