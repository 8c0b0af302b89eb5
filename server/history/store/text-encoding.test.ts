import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeText, encodeText, textHash } from './text-encoding';

test('any text comes back, and what a database would refuse or change is not in what it is given', () => {
  const unit = fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0, 0xd800, 0xdfff, 0xfffe, 0x61, 0x30));
  fc.assert(
    fc.property(fc.array(unit), (units) => {
      const text = String.fromCharCode(...units);
      const value = encodeText(text);
      expect(decodeText(value)).toBe(text);
      expect(value.isWellFormed()).toBe(true);
      expect(value).not.toContain('\0');
    }),
  );
});

test('an ordinary text is kept as it is, emoji and Chinese too', () => {
  for (const text of ['web-1', '支付 💥', "'; drop table text; --", '']) expect(encodeText(text)).toBe(text);
});

test('a hash is a whole number that JavaScript and the databases hold exactly', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(Number.isSafeInteger(textHash(text))).toBe(true);
    }),
  );
});
