import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines, valueLines } from './line-diff';

describe('diffLines', () => {
  it('lets what is equal face each other, and what changed face what came for it', () => {
    expect(diffLines(['{', ' a: 5', ' b', '}'], ['{', ' a: 10', ' b', ' c', '}'])).toEqual([
      { before: '{', after: '{' },
      { before: ' a: 5', after: ' a: 10' },
      { before: ' b', after: ' b' },
      { before: null, after: ' c' },
      { before: '}', after: '}' },
    ]);
  });

  it('loses no line of either side, and keeps their order', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 30 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const rows = diffLines(before, after);
        expect(rows.map((row) => row.before).filter((line) => line !== null)).toEqual(before);
        expect(rows.map((row) => row.after).filter((line) => line !== null)).toEqual(after);
      }),
    );
  });

  it('shows every line of a text that is too long to be compared line with line', () => {
    const long = Array.from({ length: 2_000 }, (_, n) => `line ${n}`);
    const rows = diffLines(long, ['first', ...long]);
    expect(rows.map((row) => row.before).filter((line) => line !== null)).toEqual(long);
    expect(rows.map((row) => row.after).filter((line) => line !== null)).toEqual(['first', ...long]);
  });
});

describe('valueLines', () => {
  it('lays JSON out, also where it is the text of a key, and keeps the order of its keys', () => {
    expect(valueLines({ b: 1, a: [2] })).toEqual(['{', '  "b": 1,', '  "a": [', '    2', '  ]', '}']);
    expect(valueLines('{"b":1}')).toEqual(['{', '  "b": 1', '}']);
  });

  it('leaves another text as it is, and has no line for nothing', () => {
    expect(valueLines('maintenance: "by <b>hand</b>"\nsecond')).toEqual(['maintenance: "by <b>hand</b>"', 'second']);
    expect(valueLines('12')).toEqual(['12']);
    expect(valueLines(null)).toEqual([]);
    expect(valueLines(7)).toEqual(['7']);
  });
});
