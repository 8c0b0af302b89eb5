import { describe, expect, it } from 'vitest';
import { FilterRefusal } from './filter-error';
import { DEEPEST, parseFilter } from './parse';
import { type Filter, MOST_CHARACTERS } from './syntax';

/** A filter as a fully parenthesised text. */
function shape(filter: Filter): string {
  switch (filter.kind) {
    case 'everything':
      return '';
    case 'word':
      return filter.value.quoted ? `'${filter.value.text}'` : filter.value.text;
    case 'comparison':
      return `${filter.field.text}${filter.operator.sign}${filter.values.map(({ text }) => text).join('|')}`;
    case 'not':
      return `not(${shape(filter.of)})`;
    default:
      return `${filter.kind}(${filter.of.map(shape).join(' ')})`;
  }
}
const shapeOf = (text: string) => shape(parseFilter(text));

/** Code, and the part of the text that is blamed; `$` is its end. */
function blame(text: string): string {
  try {
    parseFilter(text);
    return 'nothing';
  } catch (refusal) {
    if (!(refusal instanceof FilterRefusal)) throw refusal;
    const { code, start, end } = refusal.error;
    return `${code} ${start}:${start === text.length ? '$' : text.slice(start, end)}`;
  }
}

describe('a filter is read', () => {
  it.each([
    ['', ''],
    ['  ', ''],
    ['web', 'web'],
    ['web api', 'and(web api)'],
    ['a b or c d', 'or(and(a b) and(c d))'],
    ['a and b or not c and d', 'or(and(a b) and(not(c) d))'],
    ['a AND b Or c', 'or(and(a b) c)'],
    ['a (b or c)', 'and(a or(b c))'],
    ['not not a', 'not(not(a))'],
    ['-a !b not(c)', 'and(not(a) not(b) not(c))'],
    ['-(a b)', 'not(and(a b))'],
    ['pay-api a.b a,b 10.0.0.1:80 .*', 'and(pay-api a.b a,b 10.0.0.1:80 .*)'],
    ['"a b" "say \\"hi\\"" "c:\\dir"', `and('a b' 'say "hi"' 'c:\\dir')`],
    ['"or" "-a" "status:x"', "and('or' '-a' 'status:x')"],
    ['"a"b', "and('a' b)"],
    ['status:critical dc=dc1', 'and(status:critical dc=dc1)'],
    ['version:>=1.5 version >= 1.5 version>=1.5', 'and(version>=1.5 version>=1.5 version>=1.5)'],
    ['since:<10m name:~a* dc:!=dc1', 'and(since<10m name~a* dc!=dc1)'],
    ['tag:team:pay', 'tag:team:pay'],
    ['meta.team:pay meta.a-b.c=x', 'and(meta.team:pay meta.a-b.c=x)'],
    ['status:critical,warning tag="a,b","c"', 'and(status:critical|warning tag=a,b|c)'],
    ['not tag:canary "web"', "and(not(tag:canary) 'web')"],
    // As an input method for Chinese writes it.
    ['status：critical　（“支付” or ！dc：dc1）', "and(status:critical or('支付' not(dc:dc1)))"],
  ])('%s', (text, expected) => expect(shapeOf(text)).toBe(expected));
});

describe('what is wrong is said where it stands', () => {
  it.each([
    ['a "b', 'unclosed-quote 2:"'],
    ['a:"b', 'unclosed-quote 2:"'],
    ['(a (b)', 'unclosed-parenthesis 0:('],
    ['a) b', 'unopened-parenthesis 1:)'],
    ['a ()', 'missing-term 3:)'],
    ['or a', 'missing-term 0:or'],
    ['a or or b', 'missing-term 5:or'],
    ['a and', 'missing-term 5:$'],
    ['not', 'missing-term 3:$'],
    ['-', 'missing-term 1:$'],
    ['status:', 'missing-value 7:$'],
    ['status: critical', 'missing-value 7: '],
    ['status:)', 'missing-value 7:)'],
    ['status:a,,b', 'missing-value 9:,'],
    ['version>= ', 'missing-value 10:$'],
    ['status:,', 'missing-value 7:,'],
    ['支付 status:😀,)', 'missing-value 13:)'],
  ])('%s', (text, expected) => expect(blame(text)).toBe(expected));

  it('at the limits of length and depth', () => {
    expect(blame('a'.repeat(MOST_CHARACTERS))).toBe('nothing');
    expect(blame('a'.repeat(MOST_CHARACTERS + 1))).toBe(`too-long ${MOST_CHARACTERS}:a`);
    const nested = (depth: number) => `${'('.repeat(depth)}a${')'.repeat(depth)}`;
    expect(blame(nested(DEEPEST))).toBe('nothing');
    expect(blame(nested(DEEPEST + 1))).toBe(`too-deep ${DEEPEST}:(`);
    expect(blame(`${'-'.repeat(DEEPEST + 1)}a`)).toBe(`too-deep ${DEEPEST}:-`);
    // Side by side is not deep.
    expect(blame('-a '.repeat(300))).toBe('nothing');
  });
});
