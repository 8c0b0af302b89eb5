export type FilterToken =
  | { readonly kind: 'sign'; readonly text: string }
  /** A part of a field, a keyword, or a value without quotes: `Tags`, `and`, `v2`. */
  | { readonly kind: 'word'; readonly text: string }
  /** A text in quotes, unescaped, or a number as it is written. */
  | { readonly kind: 'text'; readonly text: string };

const SPACE = /[ \t\r\n]+/y;
const SIGN = /==|!=|[()[\].]/y;
const WORD = /[A-Za-z][A-Za-z0-9_]*/y;
/** Consul refuses `1.2.3` without quotes, and so it is none here. */
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?![\w.])/y;
/** go-bexpr ends a text at the next quote of its kind, whatever stands before it. */
const TEXT = /"[^"]*"|`[^`]*`/y;
const ESCAPE = /\\(?:([abfnrtv\\])|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.?))/gs;
const CONTROL: Readonly<Record<string, string>> = {
  ...{ a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\' },
};

/** Null: these are no words of the filter language. */
export function filterTokens(filter: string): FilterToken[] | null {
  const tokens: FilterToken[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(filter)?.[0] ?? null;
    at += found?.length ?? 0;
    return found;
  };
  while (at < filter.length) {
    if (take(SPACE) !== null) continue;
    const sign = take(SIGN);
    const word = sign === null ? take(WORD) : null;
    if (sign !== null) tokens.push({ kind: 'sign', text: sign });
    else if (word !== null) tokens.push({ kind: 'word', text: word });
    else {
      const quoted = take(TEXT);
      const text = quoted === null ? take(NUMBER) : unquoted(quoted);
      if (text === null) return null;
      tokens.push({ kind: 'text', text });
    }
  }
  return tokens;
}

/** As Go's `strconv.Unquote`, but for escapes by octal numbers; null: it is not well formed. */
function unquoted(quoted: string): string | null {
  const inner = quoted.slice(1, -1);
  if (quoted.startsWith('`')) return inner.replaceAll('\r', '');
  if (inner.includes('\n')) return null;
  let isSound = true;
  const text = inner.replace(ESCAPE, (_, control?: string, byte?: string, four?: string, eight?: string) => {
    if (control !== undefined) return CONTROL[control] ?? '';
    const code = Number.parseInt(byte ?? four ?? eight ?? '', 16);
    // A byte from 0x80 on is a part of a character in Go.
    isSound &&= byte === undefined ? code <= 0x10_ffff : code < 0x80;
    return isSound ? String.fromCodePoint(code) : '';
  });
  return isSound ? text : null;
}
