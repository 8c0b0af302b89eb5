/** Neither quote nor backslash, and printed as it is. */
const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]$/;
const NAME = /^[A-Za-z][A-Za-z0-9_]*$/;

/**
 * A text as go-bexpr reads it: between double quotes, in which its grammar takes everything but the quote, and then Go's `strconv.Unquote` undoes the
 * escapes. A quote can therefore be written by its number alone (`\"` ends the text), and so is everything that is not plain ASCII.
 */
export function quotedText(text: string): string {
  return `"${Array.from(text.toWellFormed(), written).join('')}"`;
}

/** `Service.Meta.version`; a key that is no name stands in brackets. */
export function metaField(key: string): string {
  return NAME.test(key) ? `Service.Meta.${key}` : `Service.Meta[${quotedText(key)}]`;
}

function written(sign: string): string {
  if (PLAIN.test(sign)) return sign;
  const code = (sign.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
}
