import { expect, test } from 'vitest';
import { type Contact, judgeFreshness } from './freshness';

const START = Date.parse('2026-01-01T00:00:00.000Z');
const contact = (more: Partial<Contact> = {}): Contact => ({
  watchedSinceMs: START,
  lastContactAtMs: START,
  leader: '127.0.0.1:8300',
  denied: null,
  failure: null,
  ...more,
});
const stateAt = (ms: number, more: Partial<Contact> = {}) => judgeFreshness(contact(more), START + ms, null).state;

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
  const lost = judgeFreshness(contact({ ...never, failure: 'Nothing listens there.' }), START + 15_001, null);
  expect(lost).toMatchObject({ state: 'lost', lastContactMs: null, reason: 'Nothing listens there.' });
});

test('since stays while the state lasts and moves when it changes', () => {
  const live = judgeFreshness(contact(), START, null);
  const still = judgeFreshness(contact(), START + 4_000, live);
  expect(still).toMatchObject({ since: live.since, lastContactMs: 4_000 });
  expect(judgeFreshness(contact(), START + 6_000, still)).toMatchObject({ since: '2026-01-01T00:00:06.000Z' });
});

test('a clock that stepped back makes no negative age', () => {
  expect(judgeFreshness(contact(), START - 60_000, null)).toMatchObject({ state: 'live', lastContactMs: 0 });
});
