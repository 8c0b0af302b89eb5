import { expect, test } from 'vitest';
import type { SystemState } from '@/lib/stream/system-changes';
import { ManualClock } from '@/server/consul/testing/manual-clock';
import { Journal } from './journal';
import { SystemFeed } from './system-feed';

function state(requests: number): SystemState {
  return {
    ...{ version: '0.1.0', datacenters: [], addresses: [], stream: { clients: 0 } },
    consul: { address: 'http://127.0.0.1:8500', reachable: true, since: '2026-01-01T00:00:00.000Z', reason: null },
    connections: {
      ...{ protocol: 'h2', budget: 100, fullBudget: 100, lowered: null, open: 2, waiting: 9, waitingCapacity: 90 },
      ...{ queued: 0, requests, errors: {} },
    },
    leadership: { leads: false, since: '2026-01-01T00:00:00.000Z', holder: null, by: 'session', reason: null },
    history: { store: 'sqlite', state: 'writing', queued: 0, dropped: 0, reason: null },
    process: { rssBytes: 1, heapUsedBytes: 1 },
  };
}

function setUp() {
  const clock = new ManualClock();
  const journal = new Journal(1, () => clock.iso(clock.now()), 4);
  const now = { requests: 0, isFollowed: false };
  const feed = new SystemFeed(journal, {
    ...{ clock, state: () => state(now.requests), isFollowed: () => now.isFollowed },
  });
  feed.start();
  return { clock, journal, now, feed };
}

test('what nobody looks at is not published, however it changes', async () => {
  const { clock, journal, now, feed } = setUp();
  now.requests = 7;
  await clock.advance(10_000);
  expect(journal.seq).toBe(0);
  expect(feed.body.connections.requests).toBe(0);
});

test('whoever asks gets the state as of now, in its place in the stream; asked again unchanged, it is the same place', () => {
  const { journal, now, feed } = setUp();
  now.requests = 7;
  expect(feed.refresh()).toMatchObject({ epoch: 1, seq: 1, connections: { requests: 7 } });
  expect(feed.refresh().seq).toBe(1);
  expect(journal.seq).toBe(1);
});

test('streams that open in the same second find one state, published once', async () => {
  const { clock, journal, now, feed } = setUp();
  for (let client = 1; client <= 3; client += 1) {
    now.requests = client;
    feed.opening();
  }
  expect([journal.seq, feed.body.connections.requests]).toEqual([1, 1]);
  await clock.advance(1_000);
  feed.opening();
  expect([journal.seq, feed.body.connections.requests]).toEqual([2, 3]);
});

test('while a stream follows, changes are published each second, by key', async () => {
  const { clock, journal, now } = setUp();
  const published: string[] = [];
  journal.onEntry(({ change }) => published.push(...change.changes.map(({ key }) => key)));
  now.isFollowed = true;
  await clock.advance(2_000);
  expect(published).toEqual([]);
  now.requests = 1;
  await clock.advance(1_000);
  expect(published).toEqual(['/connections']);
});

test('its past is not kept: whoever comes back gets a snapshot, and other topics resume over it, as far as the journal reaches', () => {
  const { journal, now, feed } = setUp();
  const fleet = () => journal.publish('fleet', { observedAt: '', index: null, changes: [] });
  const missed = (seq: number, topic: 'fleet' | 'system') =>
    journal.since({ epoch: 1, seq }, topic)?.map(({ change }) => change.seq) ?? null;
  fleet();
  now.requests = 1;
  feed.refresh();
  fleet();
  expect(missed(0, 'fleet')).toEqual([1, 3]);
  expect(missed(2, 'fleet')).toEqual([3]);
  expect(missed(2, 'system')).toBeNull();
  expect(missed(3, 'system')).toEqual([]);
  // Nine entries, of which the journal keeps the last four: 6 to 9.
  for (let seq = 4; seq <= 9; seq += 1) fleet();
  expect(missed(4, 'fleet')).toBeNull();
  expect(missed(5, 'fleet')).toEqual([6, 7, 8, 9]);
});
