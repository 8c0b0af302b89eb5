import { expect, test } from 'vitest';
import { type Contact, judgeFreshness } from './freshness';
import type { Freshness } from './model';

const START = Date.parse('2026-01-01T00:00:00.000Z');
const contact = (more: Partial<Contact> = {}): Contact => ({
  watchedSinceMs: START,
  lastContactAtMs: START,
  leader: '127.0.0.1:8300',
  denied: null,
  failure: null,
  ...more,
});
const judge = (seen: Contact, ms: number, previous: Freshness | null = null) =>
  judgeFreshness(seen, START + ms, new Date(START + ms).toISOString(), previous);
const stateAt = (ms: number, more: Partial<Contact> = {}) => judge(contact(more), ms).state;

test('live up to 5 s of silence, stale up to 15 s, then lost', () => {
  expect([0, 5_000, 5_001, 15_000, 15_001].map((ms) => stateAt(ms))).toEqual([
    'live',
    'live',
    'stale',
    'stale',
    'lost',
  ]);
});

test('without a leader it is stale while anything answers', () => {
  expect(stateAt(0, { leader: null })).toBe('stale');
  expect(stateAt(15_001, { leader: null })).toBe('lost');
});

test('a refused token is denied whatever else answers', () => {
  expect(stateAt(0, { denied: 'The token is refused.' })).toBe('denied');
});

test('never reached: stale at first, lost after 15 s, with no last contact to tell', () => {
  const never = { lastContactAtMs: null, leader: null };
  expect(stateAt(1_000, never)).toBe('stale');
  const lost = judge(contact({ ...never, failure: 'Nothing listens there.' }), 15_001);
  expect(lost).toMatchObject({ state: 'lost', lastContactMs: null, reason: 'Nothing listens there.' });
});

test('since stays while the state lasts and moves when it changes', () => {
  const live = judge(contact(), 0);
  const still = judge(contact(), 4_000, live);
  expect(still).toMatchObject({ since: live.since, lastContactMs: 4_000 });
  expect(judge(contact(), 6_000, still)).toMatchObject({ since: '2026-01-01T00:00:06.000Z' });
});
