import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleService } from '@/lib/fleet/example-fleet';
import type { ServiceRow } from '@/lib/fleet/service-row';
import { filterWords, matchesWords } from '@/lib/fleet/text-filter';
import { isDraft } from './filter-error';
import { filterOfWords } from './plain-words';
import { writtenValue, writtenWord } from './quote';
import { readFilter } from './read-filter';
import { serviceFields } from './service-fields';
import { operators } from './syntax';

const nowMs = Date.parse('2026-01-15T03:00:00.000Z');
const row = (
  dc: string,
  ...service: Parameters<typeof exampleService> extends [string, ...infer Rest] ? Rest : never
) => ({ dc, freshness: dc === 'dc3' ? 'lost' : 'live', service: exampleService(dc, ...service) }) satisfies ServiceRow;

const rows: ServiceRow[] = [
  row('dc1', 'payment', ['critical', 'passing'], {
    tags: ['canary', 'team:pay'],
    versions: { '1.4.2': 1, 'v1.5.0': 1 },
    since: '2026-01-15T02:55:00.000Z',
  }),
  row('dc1', 'web', ['passing', 'passing', 'passing'], { tags: ['no-canary'], versions: { '1.40.0': 3 } }),
  row('dc10', 'Web-2', ['warning'], { versions: { unversioned: 1 }, flapping: 3 }),
  row('dc3', '支付', ['unknown'], { since: '2026-01-15T02:55:00.000Z', sinceAtLeast: true, versions: {} }),
];

/** Names of those that pass. */
function left(text: string): string {
  const reading = readFilter(text, serviceFields);
  if (!reading.ok) return `${reading.error.code} at ${text.slice(reading.error.start, reading.error.end)}`;
  return rows
    .filter((one) => reading.filter.matches(one, nowMs))
    .map(({ service }) => service.name)
    .join(' ');
}

describe('a filter of services', () => {
  it.each([
    ['', 'payment web Web-2 支付'],
    ['web', 'web Web-2'],
    ['dc1 canary', 'payment web'],
    ['name:WEB', 'web Web-2'],
    ['name=web', 'web'],
    ['name!=web', 'payment Web-2 支付'],
    ['service~*-?', 'Web-2'],
    ['name~eb', 'web Web-2'],
    ['dc:dc1', 'payment web'],
    ['dc~dc1*', 'payment web Web-2'],
    ['status:critical,warning', 'payment Web-2'],
    ['status!=passing -status:unknown', 'payment Web-2'],
    ['tag:canary', 'payment'],
    ['tag:team:pay', 'payment'],
    ['tag~canary', 'payment web'],
    ['not tag:canary "web"', 'web Web-2'],
    ['version:1.4', 'payment'],
    ['version>=1.5', 'payment web'],
    ['version:<1.5', 'payment'],
    ['version=1.5', 'payment'],
    ['version:unversioned', 'Web-2'],
    ['version!=1.5', 'web Web-2 支付'],
    ['instances>1 passing<3', 'payment'],
    ['critical:1', 'payment'],
    // Nobody looks for it there, so it is neither 0 nor more.
    ['flapping>=0', 'Web-2'],
    ['not flapping>=0', 'payment web 支付'],
    // What began before anybody looked is not known to be young, and is known to be as old as it was seen.
    ['since:<10m', 'payment'],
    ['since:10m', 'payment'],
    ['since>4m', 'payment web Web-2 支付'],
    ['since>10m', 'web Web-2'],
    ['freshness:lost', '支付'],
    ['status:critical dc:dc1 version:>=1.5 not tag:stable "pay"', 'payment'],
    ['(dc:dc10 or dc:dc3) (web or 支付)', 'Web-2 支付'],
    ['ＷＥＢ', 'web Web-2'],
    // What is wrong with it, and where.
    ['team:pay', 'unknown-field at team'],
    ['web meta.team:pay', 'foreign-field at meta.team'],
    ['node:n1', 'foreign-field at node'],
    ['constructor:x', 'unknown-field at constructor'],
    ['status:crit', 'unknown-value at crit'],
    ['status>critical', 'unfit-operator at >'],
    ['dc:<dc1', 'unfit-operator at <'],
    ['since=10m', 'unfit-operator at ='],
    ['instances:many', 'not-a-number at many'],
    ['version>canary', 'not-a-version at canary'],
    ['since:<10', 'not-a-duration at 10'],
    ['instances>1,2', 'one-value at 2'],
    ['since:1m,2m', 'one-value at 2m'],
    [`name~${'a'.repeat(101)}`, `long-pattern at ${'a'.repeat(101)}`],
  ])('%s', (text, expected) => expect(left(text)).toBe(expected));

  it('tells what changes by itself with time', () => {
    const timed = (text: string) => {
      const reading = readFilter(text, serviceFields);
      return reading.ok && reading.filter.timed;
    };
    expect([timed('a or not (since:<1m)'), timed('status:critical 10m')]).toEqual([true, false]);
  });

  it('takes for a draft only what more text can mend', () => {
    const draft = (text: string) => {
      const reading = readFilter(text, serviceFields);
      return !reading.ok && isDraft(reading.error, text);
    };
    for (const text of [
      'status:',
      'status:crit',
      'a or ',
      'not',
      '(a',
      '"web',
      'since:<1',
      'since:<1h3',
      'version>1.',
      'instances:-',
    ]) {
      expect([text, draft(text)]).toEqual([text, true]);
    }
    for (const text of ['status:crit ', 'status:no', 'team:p', 'a or )', 'status: a', 'since:<x', 'since:1 web']) {
      expect([text, draft(text)]).toEqual([text, false]);
    }
  });
});

const anyText = fc.string({ unit: 'binary', maxLength: 1_100 });
const piece = fc.oneof(
  fc.constantFrom(
    ...operators,
    ...Object.keys(serviceFields.fields),
    'meta.',
    'and',
    'or',
    'not',
    '(',
    ')',
    '"',
    '\\',
    ',',
  ),
  fc.constantFrom('-', '!', ' ', '　', '“', '：', '*', '?', '10m', '1.5', 'critical', '__proto__', 'toString'),
  fc.string({ unit: 'binary', maxLength: 3 }),
);
const likelyText = fc.array(piece, { maxLength: 200 }).map((pieces) => pieces.join(''));

describe('whatever is typed', () => {
  it('is a filter or an error with its place, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, likelyText), (text) => {
        const reading = readFilter(text, serviceFields);
        if (reading.ok) for (const one of rows) expect(typeof reading.filter.matches(one, nowMs)).toBe('boolean');
        else {
          const { start, end } = reading.error;
          expect(0 <= start && start <= end && end <= text.length).toBe(true);
          expect(start < end || start === text.length).toBe(true);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('can be said as a word or a value that means just that', () => {
    const someText = fc.string({
      unit: fc.oneof(fc.constantFrom(...'"“”＂\\＼()（）,，:!- \t='), fc.string({ unit: 'binary' })),
      maxLength: 12,
    });
    fc.assert(
      fc.property(someText, (text) => {
        const word = readFilter(writtenWord(text), { ...serviceFields, words: () => [text] });
        const value = readFilter(`tag=${writtenValue(text)} tag=${writtenValue(text)}`, serviceFields);
        const tagged = row('dc1', 'a', [], { tags: [text] });
        expect(word.ok && word.filter.matches(tagged, nowMs)).toBe(true);
        expect(value.ok && value.filter.matches(tagged, nowMs)).toBe(true);
        expect(value.ok && value.filter.matches(row('dc1', 'a', [], { tags: [`${text}x`] }), nowMs)).toBe(false);
      }),
    );
  });

  it('finds, as plain words of an old link, what it found before there was a language', () => {
    const words = fc.oneof(anyText, likelyText, fc.constantFrom('dc1 pay', 'team:pay', '-canary', 'or', '.* 1.4'));
    fc.assert(
      fc.property(words, (text) => {
        const filter = filterOfWords(text);
        fc.pre(filter.length <= 1_000);
        const reading = readFilter(filter, serviceFields);
        const before = rows.map((one) => matchesWords(one, filterWords(text)));
        expect(rows.map((one) => reading.ok && reading.filter.matches(one, nowMs))).toEqual(before);
      }),
    );
  });
});
