import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AlertBook } from './alert-book';
import { EXAMPLE_MS, exampleAlert, exampleConditions, exampleRecords } from './example-alerts';
import { activeSilences, matchesAll, readSilenceFilter, silencedIds } from './silence-filter';
import type { KeptSilence } from './silence-state';

function filter(text: string) {
  const reading = readSilenceFilter(text);
  if (!reading.ok) throw new Error(`${text} cannot be read: ${reading.error.code}.`);
  return reading.filter;
}

describe('a matcher that matches all', () => {
  it.each([
    '',
    '  ',
    'dc~*',
    'alert~*',
    'not alert:nothing',
    'dc!=dc7 or dc=dc7',
    'severity:critical,warning,info',
    'state:firing',
    '-state:resolved',
    'since<1000w',
    'since>1m',
    '":"',
    'not instance:web-1',
    'service~* or node~* or not service~*',
    // Lictor's own alone is left out.
    'not Watchdog',
  ])('%j', (text) => expect(matchesAll(filter(text))).toBe(true));

  it.each([
    'severity:critical',
    'service~*',
    'dc:dc1',
    // It is a datacenter of that name.
    'dc:*',
    'alert:Flapping',
    'state:pending',
    'not severity:info',
    'not node~*',
    'since<10m',
    'instance~*',
    'search',
  ])('is not %j', (text) => expect(matchesAll(filter(text))).toBe(false));

  it('is found, whatever makes it hold for everything', () => {
    const tautology = fc.constantFrom('(dc:a or not dc:a)', 'alert~*', 'severity:critical,warning,info', 'dc~*', '":"');
    const anything = fc.constantFrom('service:web', 'node:n1', 'flaps', 'severity:info', 'since>2d');
    const both = fc.tuple(fc.array(tautology, { minLength: 1, maxLength: 3 }), fc.array(anything, { maxLength: 3 }));
    fc.assert(
      fc.property(both, ([all, some]) => {
        expect(matchesAll(filter(all.join(' ')))).toBe(true);
        expect(matchesAll(filter([...some, all.join(' ')].join(' or ')))).toBe(true);
      }),
    );
  });
});

const silence = (rest: Partial<KeptSilence>): KeptSilence => ({
  ...{ id: 's1', filter: 'service:search', from: '2026-01-15T03:00:00.000Z', to: '2026-01-15T05:00:00.000Z' },
  ...{ reason: 'being repaired', by: 'ada', createdAt: '2026-01-15T03:00:00.000Z' },
  ...rest,
});

describe('a silence', () => {
  it('holds for what its filter finds, not for what is over', () => {
    const alerts = [...exampleRecords(), { ...exampleAlert('flapping'), id: 'over', state: 'resolved' as const }];
    expect(silencedIds(filter('service:search'), alerts, EXAMPLE_MS)).toEqual(['Flapping:dc2/search']);
  });

  it('is no silence where its filter cannot be read', () => {
    expect(activeSilences([silence({ filter: 'state:(' })], EXAMPLE_MS)).toEqual([]);
  });

  it('for what fires goes on holding though it fires no more by it, and is previewed as it holds', () => {
    const book = new AlertBook();
    book.put('s', 'dc2', [exampleConditions.flapping], EXAMPLE_MS);
    book.setSilences(activeSilences([silence({ filter: 'state:firing' })], EXAMPLE_MS));
    for (const atMs of [EXAMPLE_MS, EXAMPLE_MS + 1_000]) {
      book.setFreshness('dc2', atMs === EXAMPLE_MS ? 'live' : 'stale');
      book.take(atMs);
      expect(book.records()[0]).toMatchObject({ state: 'silenced', silencedBy: ['s1'] });
    }
    expect(silencedIds(filter('state:firing'), book.records(), EXAMPLE_MS)).toEqual(['Flapping:dc2/search']);
  });

  it('that speaks of ages begins to hold with time alone', () => {
    const book = new AlertBook();
    book.put('s', 'dc2', [exampleConditions.flapping], EXAMPLE_MS);
    book.setSilences(activeSilences([silence({ filter: 'since>1m' })], EXAMPLE_MS));
    expect(book.take(EXAMPLE_MS).changed[0]?.record?.state).toBe('firing');
    let atMs = EXAMPLE_MS;
    while (atMs < EXAMPLE_MS + 61_000) {
      atMs = book.nextDeadlineMs() ?? Number.POSITIVE_INFINITY;
      expect(book.take(atMs).changed[0]?.record?.state).toBe(atMs > EXAMPLE_MS + 60_000 ? 'silenced' : undefined);
    }
  });
});
