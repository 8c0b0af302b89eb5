import { expect, test } from 'vitest';
import { serviceSubject } from '@/lib/history/subjects';
import type { Transition } from '@/lib/history/transition';
import { RecordQueue } from './record-queue';

const changedAt = (observedAtMs: number): Transition => ({
  ...{ subject: serviceSubject('dc1', 'web'), kind: 'status', item: null, from: 'passing', to: 'critical' },
  ...{ observedAtMs, index: null, merged: false, unwatchedFromMs: null },
});

test('a batch claims no moment at or after the oldest that it leaves waiting, wherever that waits, and none that the last one claimed', () => {
  const queue = new RecordQueue({ maxTransitions: 100, maxBytes: 1_000_000, maxBatch: 1 });
  queue.add([changedAt(5_000), changedAt(7_000), changedAt(6_000)]);
  const claimed: number[] = [];
  for (let batch = 0; batch < 4; batch += 1) {
    claimed.push(queue.take(9_000, claimed.at(-1) ?? null).aliveMs);
    queue.done();
  }
  expect(claimed).toEqual([5_999, 5_998, 9_000, 8_999]);
});
