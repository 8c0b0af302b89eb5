import { expect, it } from 'vitest';
import { ManualClock, settled } from '@/server/consul/testing/manual-clock';
import { ReadQueue } from './read-queue';

function reading(mostAtOnce = 2) {
  const clock = new ManualClock();
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const failures: unknown[] = [];
  const queue = new ReadQueue({
    ...{ clock, mostAtOnce, pauseMs: 500, failed: (error: unknown) => failures.push(error) },
    read: (key) => {
      begun.push(key);
      return new Promise((resolve) => ends.set(key, resolve));
    },
  });
  const end = async (key: string) => {
    ends.get(key)?.();
    await settled();
    await clock.advance(0);
  };
  return { clock, begun, queue, end, failures };
}

it('reads a key once however often it was touched, and no more than a few at a time', async () => {
  const { clock, begun, queue, end } = reading();
  for (const key of ['a', 'b', 'c', 'a', 'b']) queue.touch(key);
  await clock.advance(0);
  expect(begun).toEqual(['a', 'b']);
  await end('a');
  expect(begun).toEqual(['a', 'b', 'c']);
});

it('reads again what was touched while it was read, after the pause', async () => {
  const { clock, begun, queue, end } = reading();
  queue.touch('a');
  await clock.advance(100);
  queue.touch('a');
  await end('a');
  await clock.advance(399);
  expect(begun).toEqual(['a']);
  await clock.advance(1);
  expect(begun).toEqual(['a', 'a']);
});

it('goes on after a failure, and tells it', async () => {
  const clock = new ManualClock();
  const failures: unknown[] = [];
  const begun: string[] = [];
  const queue = new ReadQueue({
    ...{ clock, mostAtOnce: 1, pauseMs: 0, failed: (error: unknown) => failures.push(error) },
    read: async (key) => {
      begun.push(key);
      throw new Error(key);
    },
  });
  for (const key of ['a', 'b']) queue.touch(key);
  await clock.advance(0);
  await clock.advance(0);
  expect(begun).toEqual(['a', 'b']);
  expect(failures).toHaveLength(2);
});

it('reads nothing that was forgotten, and nothing after its end', async () => {
  const { clock, begun, queue } = reading();
  queue.touch('a');
  queue.touch('b');
  queue.forget('a');
  await clock.advance(0);
  queue.stop();
  queue.touch('c');
  await clock.advance(1_000);
  expect(begun).toEqual(['b']);
});
