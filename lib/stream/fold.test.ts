import fc from 'fast-check';
import { expect, test } from 'vitest';
import { serviceKey } from '@/lib/fleet/keys';
import type { DatacenterRecord, FleetBody, ServiceRecord } from '@/lib/fleet/model';
import { exampleSplit } from '@/lib/release/example-split';
import type { SplitsBody } from '@/lib/release/split-body';
import { foldChange } from './fold';
import type { Change, ChangeEvent } from './protocol';

const AT = '2026-01-01T00:00:00.000Z';

function record(dc: string, name: string, passing: number): ServiceRecord {
  const counts = { instances: passing, passing, warning: 0, critical: 0, maintenance: 0 };
  const rest = { versions: {}, flapping: null, tags: [], since: AT, sinceAtLeast: false, worst: null, unconfirmed: 0 };
  return { key: serviceKey(dc, name), name, status: 'passing', ...counts, ...rest };
}

const datacenter = (name: string): DatacenterRecord => ({
  name,
  freshness: { state: 'live', since: AT, lastContactMs: 0, reason: null },
  partial: false,
  leader: null,
  unconfirmed: null,
});

const empty: FleetBody = {
  epoch: 1,
  seq: 0,
  at: AT,
  datacenters: [],
  consul: { address: 'http://127.0.0.1:8500', reachable: true, since: AT, reason: null },
};

const put = (key: string, value: unknown): Change => ({ key, op: 'put', value, from: null, merged: false });
const remove = (key: string): Change => ({ key, op: 'remove', value: null, from: null, merged: false });
const event = (seq: number, ...changes: Change[]): ChangeEvent => ({
  topic: 'fleet',
  seq,
  at: AT,
  observedAt: AT,
  index: 1,
  changes,
});

const changeArbitrary: fc.Arbitrary<Change> = fc.oneof(
  fc.constantFrom('dc1', 'dc 2', '数据').map((dc) => put(encodeURIComponent(dc), datacenter(dc))),
  fc.constantFrom('dc1', 'dc 2').map((dc) => remove(encodeURIComponent(dc))),
  fc
    .tuple(fc.constantFrom('dc1', 'dc 2', '数据'), fc.constantFrom('web', 'a/b', '%', '服务'), fc.nat(5))
    .map(([dc, name, passing]) => put(serviceKey(dc, name), record(dc, name, passing))),
  fc
    .tuple(fc.constantFrom('dc1', 'dc 2'), fc.constantFrom('web', 'a/b'))
    .map(([dc, name]) => remove(serviceKey(dc, name))),
);

test('replays, duplicates and late events end in the same body as each event once, in order', () => {
  fc.assert(
    fc.property(
      fc.array(changeArbitrary, { maxLength: 30 }),
      fc.array(fc.nat(29), { maxLength: 60 }),
      (changes, again) => {
        const events = changes.map((change, at) => event(at + 1, change));
        const once = events.reduce((body, next) => foldChange(body, 'fleet', next) as FleetBody, empty);
        let body = empty;
        events.forEach((next, at) => {
          body = foldChange(body, 'fleet', next) as FleetBody;
          const replayed = events[Math.min(again[at] ?? 0, at)];
          if (replayed) body = foldChange(body, 'fleet', replayed) as FleetBody;
        });
        expect(body).toEqual(once);
      },
    ),
  );
});

test('services stay sorted by key, one record a key', () => {
  fc.assert(
    fc.property(fc.array(changeArbitrary, { maxLength: 40 }), (changes) => {
      const body = foldChange(empty, 'fleet', event(1, put('dc1', datacenter('dc1')), ...changes)) as FleetBody;
      for (const { services } of body.datacenters) {
        const keys = services.map(({ key }) => key);
        expect(keys).toEqual([...new Set(keys)].sort());
      }
    }),
  );
});

test('what a change does not name keeps its identity', () => {
  const start = foldChange(
    empty,
    'fleet',
    event(1, put('dc1', datacenter('dc1')), put('dc2', datacenter('dc2')), put('dc1/a', record('dc1', 'a', 1))),
  ) as FleetBody;
  const next = foldChange(start, 'fleet', event(2, put('dc1/b', record('dc1', 'b', 1)))) as FleetBody;
  expect(next.datacenters[0]?.services[0]).toBe(start.datacenters[0]?.services[0]);
  expect(next.datacenters[1]).toBe(start.datacenters[1]);
  expect(foldChange(next, 'fleet', event(2, remove('dc1/a')))).toBe(next);
});

test("a datacenter's record is replaced without its services", () => {
  const start = foldChange(
    empty,
    'fleet',
    event(1, put('dc1', datacenter('dc1')), put('dc1/a', record('dc1', 'a', 1))),
  );
  const stale = { ...datacenter('dc1'), partial: true };
  const next = foldChange(start, 'fleet', event(2, put('dc1', stale))) as FleetBody;
  expect(next.datacenters).toMatchObject([{ name: 'dc1', partial: true, services: [{ name: 'a' }] }]);
});

test('a change of a service whose datacenter is not there is passed over', () => {
  const body = foldChange(empty, 'fleet', event(1, put('dc9/a', record('dc9', 'a', 1)))) as FleetBody;
  expect(body.datacenters).toEqual([]);
});

test('splits are put, replaced and taken away by key, and stay sorted', () => {
  const start: SplitsBody = { epoch: 1, seq: 0, at: AT, splits: [] };
  const [a, b] = [exampleSplit('dc1/a'), exampleSplit('dc1/b')];
  const both = foldChange(start, 'splits', event(1, put(b.key, b), put(a.key, a))) as SplitsBody;
  expect(both.splits).toEqual([a, b]);
  const moved = { ...b, index: 13 };
  const next = foldChange(both, 'splits', event(2, put(b.key, moved))) as SplitsBody;
  expect(next.splits[0]).toBe(both.splits[0]);
  expect(next.splits[1]).toEqual(moved);
  expect(foldChange(next, 'splits', event(3, remove(a.key)))).toMatchObject({ seq: 3, splits: [moved] });
});
