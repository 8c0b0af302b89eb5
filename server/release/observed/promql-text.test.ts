import fc from 'fast-check';
import { expect, test } from 'vitest';
import { regexText, stringText } from './promql-text';

/** As Go reads the inside of a string: `\xNN` alone is an escape here. */
const read = (text: string): string =>
  text.replace(/\\x([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

test('a name with quotes ends no string', () => {
  expect(stringText(`pay"} or up{a="'\\`)).toBe('pay\\x22} or up{a=\\x22\\x27\\x5c');
  expect(stringText('a\nb')).toBe('a\\x0ab');
});

test('operators of regular expressions stand for themselves', () => {
  expect(regexText('a.b|c')).toBe('a\\x5c.b\\x5c|c');
});

test('any text comes back as it was, and holds no quote of its own', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const text = stringText(value);
      expect(text).not.toMatch(/["'`\n]/);
      expect(read(text)).toBe(value);
      expect(new RegExp(`^(?:${read(regexText(value))})$`).test(value)).toBe(true);
    }),
  );
});
