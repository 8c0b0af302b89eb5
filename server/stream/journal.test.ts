import { expect, it } from 'vitest';
import type { Change, Topic } from '@/lib/stream/protocol';
import { Journal } from './journal';

it('of splits, which are counted anew all the time, nothing is kept: it would fill the memory, and other topics resume over it', () => {
  const journal = new Journal(1, () => '2026-01-01T00:00:00.000Z');
  const publish = (topic: 'fleet' | 'splits') => journal.publish(topic, { observedAt: '', index: null, changes: [] });
  publish('fleet');
  publish('splits');
  publish('fleet');
  const since = (seq: number, topic: 'fleet' | 'splits') =>
    journal.since({ epoch: 1, seq }, topic)?.map(({ change }) => change.seq) ?? null;
  expect([since(0, 'fleet'), since(0, 'splits'), since(2, 'splits'), since(3, 'splits')]).toEqual([
    ...[[1, 3], null, null, []],
  ]);
});

it('of a topology, whose events may each hold every edge, so many changes are kept, and who was away for more gets a snapshot', () => {
  const journal = new Journal(1, () => '2026-01-01T00:00:00.000Z', 10);
  const changes = (count: number): Change[] =>
    Array.from({ length: count }, (_, at) => ({ key: `dc1/${at}`, op: 'put', value: {}, from: null, merged: false }));
  const publish = (topic: Topic, count: number) =>
    journal.publish(topic, { observedAt: '', index: null, changes: changes(count) }).seq;
  const since = (seq: number, topic: Topic) =>
    journal.since({ epoch: 1, seq }, topic)?.map(({ change }) => change.seq) ?? null;
  publish('topology', 15_000);
  publish('fleet', 15_000);
  publish('topology', 15_000);
  expect([since(0, 'topology'), since(1, 'topology'), since(0, 'fleet')]).toEqual([null, [3], [2]]);
  publish('topology', 5_000);
  expect([since(1, 'topology'), since(3, 'topology')]).toEqual([[3, 4], [4]]);
  publish('topology', 30_000);
  expect([since(4, 'topology'), since(5, 'topology')]).toEqual([null, []]);
  // What is trimmed with everything else counts no more.
  for (let at = 0; at < 40; at += 1) publish('fleet', 0);
  const later = [publish('topology', 10_000), publish('topology', 10_000)];
  expect(since((later[0] ?? 0) - 1, 'topology')).toEqual(later);
});
