import { expect, it } from 'vitest';
import type { FailoverSwitch } from '@/lib/topology/topology-body';
import { TopologyBook } from '@/lib/topology/topology-book';
import { ManualClock } from '@/server/consul/testing/manual-clock';
import { FailoverSeen } from './failover-seen';
import { exampleRecord } from './testing/example-record';

const START_MS = Date.parse('2026-01-01T00:00:00Z');

function fleetOf(known: readonly FailoverSwitch[] = [], starts = true) {
  const clock = new ManualClock(START_MS);
  const book = new TopologyBook();
  const told: [FailoverSwitch | null, FailoverSwitch][] = [];
  const away = new Set<string>();
  const seen = new FailoverSeen({
    ...{ book, clock, isLive: (dc) => !away.has(dc) },
    changed: (before, after) => told.push([before, after]),
  });
  const look = () => seen.look(book.changes());
  const put = (dc: string, name: string, passing: number) => {
    const key = `${dc}/${name}`;
    book.service({ key, dc, name, record: exampleRecord(key, passing), meta: {} });
  };
  const count = (rates: Record<string, number>) => {
    const edges = Object.entries(rates).map(([to, ratePerSecond]) => ({
      ...{ from: 'dc1/front', to, kind: 'observed' as const, source: 'Prometheus', seenAtMs: clock.now() },
      traffic: { ratePerSecond, errorRatio: 0, p95Ms: null, atMs: clock.now() },
    }));
    book.tell({ id: 'observed', edges, nodes: [] }, clock.now());
  };
  book.tell(
    {
      id: 'entries',
      edges: ['dc2', 'dc3'].map((dc, at) => ({
        ...{ from: 'dc1/payment', to: `${dc}/payment`, kind: 'failover' as const, source: 'resolver', seenAtMs: 0 },
        order: at + 1,
      })),
      nodes: [],
    },
    0,
  );
  put('dc1', 'front', 1);
  for (const dc of ['dc1', 'dc2', 'dc3']) put(dc, 'payment', 2);
  const start = () => {
    seen.start(known);
    look();
  };
  if (starts) start();
  else look();
  return { clock, book, told, away, look, put, count, start, switches: () => book.parts().switches };
}

it('sees by counted traffic when another datacenter took over, and when it was over', async () => {
  const { clock, told, look, put, count, switches } = fleetOf();
  count({ 'dc1/payment': 10 });
  look();
  await clock.advance(60_000);
  put('dc1', 'payment', 0);
  look();
  expect(switches()).toMatchObject([{ key: 'dc1/payment', to: 'dc2/payment', seenBy: 'declared', tookMs: null }]);
  await clock.advance(4_000);
  count({ 'dc1/payment': 0, 'dc2/payment': 9 });
  look();
  expect(switches()).toMatchObject([{ to: 'dc2/payment', seenBy: 'observed', tookMs: 4_000, endedAt: null }]);
  await clock.advance(60_000);
  put('dc1', 'payment', 1);
  look();
  expect(switches()).toMatchObject([{ endedAt: new Date(clock.now()).toISOString() }]);
  expect(told.map(([before, { seenBy, endedAt }]) => [before?.seenBy ?? null, seenBy, endedAt !== null])).toEqual([
    [null, 'declared', false],
    ['declared', 'observed', false],
    ['observed', 'observed', true],
  ]);
});

it('sees who falls before the record was read, and then has what the record has, too', () => {
  const lostAt = '2025-12-31T00:00:00.000Z';
  const old: FailoverSwitch = {
    ...{ key: 'dc1/front', lostAt, to: 'dc2/front', tookMs: null, seenBy: 'declared', endedAt: null },
  };
  const { told, look, put, start, switches } = fleetOf([old], false);
  put('dc1', 'payment', 0);
  look();
  expect(told).toMatchObject([[null, { key: 'dc1/payment', to: 'dc2/payment', endedAt: null }]]);
  start();
  expect(switches().map(({ key }) => key)).toEqual(['dc1/payment', 'dc1/front']);
});

it('takes the next in order where the first cannot serve, and no other service for a switch', () => {
  const { look, put, switches } = fleetOf();
  put('dc2', 'payment', 0);
  look();
  put('dc1', 'payment', 0);
  put('dc1', 'front', 0);
  look();
  expect(switches().map(({ key, to }) => `${key} ${to}`)).toEqual(['dc1/payment dc3/payment']);
});

it('does not take a datacenter that is out of reach for one that has lost its services', () => {
  const { look, put, away, book, switches } = fleetOf();
  away.add('dc1');
  put('dc1', 'payment', 0);
  look();
  expect(switches()).toEqual([]);
  away.delete('dc1');
  book.datacenter('dc1', { state: 'live', since: '', lastContactMs: 0, reason: null });
  look();
  expect(switches()).toHaveLength(1);
});

it('goes on with what the record says lasts, and ends it where nothing stands in any more', () => {
  const lasting: FailoverSwitch = {
    ...{ key: 'dc1/payment', lostAt: '2025-12-31T00:00:00.000Z', to: 'dc2/payment', tookMs: null },
    ...{ seenBy: 'declared', endedAt: null },
  };
  expect(fleetOf([lasting]).switches()).toMatchObject([{ lostAt: lasting.lostAt, endedAt: expect.any(String) }]);
  const { book, look, put, switches } = fleetOf();
  put('dc1', 'payment', 0);
  look();
  book.untell('entries');
  look();
  expect(switches()).toMatchObject([{ key: 'dc1/payment', endedAt: expect.any(String) }]);
});
