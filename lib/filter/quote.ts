/** What would end a word or a value, or mean something else, outside of quotes. */
const NEEDS_QUOTES = /[\s"()“”＂（）,，]|^$/;
/** What would be taken for an operator where a value begins. */
const OPERATOR_FIRST = /^[=<>~!＝＜＞～！]/;
const NEEDS_ESCAPE = /["“”＂\\＼]/g;

const inQuotes = (text: string): string => `"${text.replace(NEEDS_ESCAPE, (sign) => `\\${sign}`)}"`;

/** A text as a value in a filter: quoted where it has to be. */
export function writtenValue(text: string): string {
  return NEEDS_QUOTES.test(text) || OPERATOR_FIRST.test(text) ? inQuotes(text) : text;
}

/** A text that is looked for as it stands, as a word in a filter. */
export function writtenWord(text: string): string {
  const plain = !NEEDS_QUOTES.test(text) && /^[^-!－！]/.test(text) && !/[:=<>~：＝＜＞～]/.test(text);
  return plain && !/^(and|or|not)$/i.test(text) ? text : inQuotes(text);
}
