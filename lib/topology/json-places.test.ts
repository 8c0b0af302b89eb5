import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placedJson } from './json-places';

describe('JSON with places', () => {
  test('is what JSON.parse reads, however it is laid out', () => {
    const layout = fc.constantFrom(undefined, 1, '\t', 4);
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), layout, (value, space) => {
        const text = JSON.stringify(value, null, space);
        const read = placedJson(`\n${text} `);
        expect('reason' in read ? read.reason : JSON.stringify(read.value)).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  test('is refused where JSON.parse refuses it, and taken only where that takes it', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b',
      '1',
      '-',
      '01',
      'null',
      'tru',
      ' ',
      '\n',
      '\u0007',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join('');
        const isJson = (() => {
          try {
            JSON.parse(text);
            return true;
          } catch {
            return false;
          }
        })();
        const read = placedJson(text);
        // A key that stands twice is refused here alone.
        if ('reason' in read && read.reason.includes('twice')) return;
        expect('reason' in read).toBe(!isJson);
      }),
      { numRuns: 1_000 },
    );
  });

  test('knows the line of each of its parts', () => {
    const read = placedJson('{\n  "a": [\n    {},\n\n    {"b": 1}\n  ]\n}');
    if ('reason' in read) throw new Error(read.reason);
    const { a } = read.value as { readonly a: readonly object[] };
    expect([read.lineOf(a), ...a.map((part) => read.lineOf(part))]).toEqual([2, 3, 5]);
  });

  test('that is wrong says where', () => {
    const fault = (text: string) => placedJson(text);
    expect(fault('{\n"a": 1\n"b": 2}')).toEqual({ line: 3, reason: '"," or "}" is missing' });
    expect(fault('{"a": 1,\n "a": 2}')).toEqual({ line: 2, reason: 'The key "a" stands here twice' });
    expect(fault('[1,\n2')).toEqual({ line: 2, reason: 'It ends too early' });
    expect(fault('[\n"abc')).toEqual({ line: 2, reason: 'A text does not end' });
    expect(fault('{}\n{}')).toEqual({ line: 2, reason: 'Something follows after the end' });
    expect(fault('[\n,]')).toEqual({ line: 2, reason: 'A value is missing before ","' });
    expect(fault('['.repeat(10_000))).toMatchObject({ reason: 'It is nested too deeply' });
  });

  test('has no member that every object has', () => {
    const read = placedJson('{"__proto__": {"x": 1}, "constructor": 2}');
    expect('value' in read && Object.keys(read.value as object)).toEqual(['__proto__', 'constructor']);
  });
});
