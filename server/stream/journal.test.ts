import { expect, it } from 'vitest';
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
