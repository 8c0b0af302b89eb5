import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { characters, globMatcher } from './glob';

const matches = (pattern: string, text: string) => globMatcher(pattern)(characters(text));

/** The same by a regular expression, which may take for ever on long texts. */
const byExpression = (pattern: string, text: string) => {
  const source = characters(pattern)
    .map((sign) => (sign === '*' ? '.*' : sign === '?' ? '.' : `\\u{${sign.codePointAt(0)?.toString(16)}}`))
    .join('');
  return new RegExp(/[*?]/.test(pattern) ? `^${source}$` : source, 'su').test(text);
};

describe('a pattern', () => {
  it('matches the whole, or is found anywhere where it has no star and no question mark', () => {
    expect([matches('pay-*', 'pay-api'), matches('pay-*', 'my-pay-api'), matches('*pay*', 'my-pay-api')]).toEqual([
      ...[true, false, true],
    ]);
    expect([matches('pay', 'my-pay-api'), matches('web-?', 'web-1'), matches('web-?', 'web-10')]).toEqual([
      ...[true, true, false],
    ]);
  });

  it('takes an emoji for one character, and everything but * and ? for itself', () => {
    expect([matches('?', '😀'), matches('a.c*', 'abc'), matches('[a]*', 'a'), matches('a+*', 'aa')]).toEqual([
      ...[true, false, false, false],
    ]);
  });

  it('matches what a regular expression would', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '😀'), maxLength: 12 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '😀'), maxLength: 6 });
    fc.assert(
      fc.property(pattern, text, (one, other) => {
        expect(matches(one, other)).toBe(byExpression(one, other));
      }),
      { numRuns: 2_000 },
    );
  });

  it('looks at each character no more often than the pattern is long, whatever the two are', () => {
    let looks = 0;
    const watched = (text: string) =>
      new Proxy(characters(text), {
        get: (target, key) => {
          if (typeof key === 'string' && /^\d+$/.test(key)) looks += 1;
          return Reflect.get(target, key);
        },
      });
    for (const pattern of ['*a*a*a*a*a*a*a*b', '*aaaaaaaab*', `${'a*'.repeat(40)}b`, `*${'?'.repeat(50)}b*`]) {
      looks = 0;
      expect(globMatcher(pattern)(watched('a'.repeat(2_000)))).toBe(false);
      expect(looks).toBeLessThanOrEqual(pattern.length * 2_000);
    }
  });
});
