import { expect, test } from 'vitest';
import { ConsulError } from '@/server/consul/consul-error';
import { ManualClock, settled } from '@/server/consul/testing/manual-clock';
import { readRepeatedly } from './repeated-read';

function reading(read: () => Promise<void> = async () => {}) {
  const clock = new ManualClock(0);
  const reads: number[] = [];
  const failures: string[] = [];
  const repeated = readRepeatedly({
    ...{ clock, random: () => 0, everyMs: 60_000 },
    read: async () => {
      reads.push(clock.now());
      await read();
    },
    failed: ({ kind }) => failures.push(kind),
  });
  return { clock, reads, failures, repeated };
}

test('it is read at once and then every so often', async () => {
  const { clock, reads } = reading();
  await clock.advance(130_000);
  expect(reads).toEqual([0, 60_000, 120_000]);
});

test('who asks for it gets one read for all that ask, a moment later', async () => {
  const { clock, reads, repeated } = reading();
  await clock.advance(1_000);
  for (let times = 0; times < 5; times += 1) repeated.soon();
  await clock.advance(10_000);
  expect(reads).toEqual([0, 1_500]);
  await clock.advance(60_000);
  expect(reads).toEqual([0, 1_500, 61_500]);
});

test('after failures it is asked again soon, and then more and more slowly, never more slowly than without', async () => {
  const { clock, reads, failures } = reading(async () => {
    throw new ConsulError('connect', 'No.');
  });
  await clock.advance(600_000);
  expect(reads.slice(0, 4)).toEqual([0, 100, 300, 700]);
  const pauses = reads.slice(1).map((at, index) => at - (reads[index] ?? 0));
  expect(Math.max(...pauses)).toBeLessThanOrEqual(60_000);
  expect(failures.length).toBe(reads.length);
});

test('a refusal is no reason to ask sooner', async () => {
  const { clock, reads } = reading(async () => {
    throw new ConsulError('status', 'No.', { status: 403 });
  });
  await clock.advance(60_000);
  expect(reads).toEqual([0, 60_000]);
});

test('once stopped it asks no more and holds no timer', async () => {
  const { clock, reads, repeated } = reading();
  await settled();
  repeated.stop();
  await clock.advance(600_000);
  expect([reads, clock.pending]).toEqual([[0], 0]);
});
