/**
 * A text as the inside of a PromQL string, whatever of `"` and `'` stands around it: quotes, backslashes and control characters are written in hexadecimal,
 * as PromQL's strings, which are Go's, take them. Between backticks, where nothing is an escape, it can match nothing else than itself or nothing at all.
 */
export function stringText(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what has to be written otherwise
  return value.replace(/["'`\\\u0000-\u001f\u007f]/g, (one) => `\\x${one.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** The same for a string that is a regular expression, in which the text stands for itself alone. */
export function regexText(value: string): string {
  return stringText(value.replace(/[\\.+*?()|[\]{}^$]/g, (one) => `\\${one}`));
}
