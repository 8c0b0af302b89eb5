import { expect, test } from 'vitest';
import { ManualClock } from '@/server/consul/testing/manual-clock';
import { Sweep } from './sweep';

function sweeping(count: number) {
  const clock = new ManualClock();
  const cold = new Set(Array.from({ length: count }, (_, n) => `s${n}`));
  const read: string[] = [];
  let behind = false;
  const sweep = new Sweep({
    clock,
    cold: () => [...cold],
    isCold: (name) => cold.has(name),
    behind: () => behind,
    read: (name) => read.push(name),
  });
  const slow = (is: boolean) => {
    behind = is;
  };
  return { clock, cold, read, sweep, slow };
}

test('at rest every cold service is read once a turn, ten a second', async () => {
  const { clock, cold, read, sweep } = sweeping(100);
  await clock.advance(10_000);
  expect([...read].sort()).toEqual([...cold].sort());
  await clock.advance(10_000);
  expect(read.length).toBe(200);
  expect(sweep.lastTurnMs).toBe(10_000);
  sweep.stop();
  expect(clock.pending).toBe(0);
});

test('what is owed is read first and faster, once each', async () => {
  const { clock, cold, read, sweep } = sweeping(100);
  await clock.advance(1_000);
  read.length = 0;
  sweep.owe(cold);
  await clock.advance(2_000);
  expect([...read].sort()).toEqual([...cold].sort());
  // And then the turn goes on where it was: 90 are left.
  read.length = 0;
  await clock.advance(9_000);
  expect(new Set(read).size).toBe(90);
});

test('a service that got a watch meanwhile is left out', async () => {
  const { clock, cold, read, sweep } = sweeping(20);
  await clock.advance(100);
  sweep.owe(cold);
  cold.clear();
  await clock.advance(5_000);
  expect(read.length).toBe(1);
});

test('a few services are not read without a pause', async () => {
  const { clock, read } = sweeping(1);
  await clock.advance(10_000);
  expect(read.length).toBe(5);
});

test('while Consul is slow nothing more is asked', async () => {
  const { clock, read, slow, sweep } = sweeping(100);
  slow(true);
  await clock.advance(60_000);
  expect(read).toEqual([]);
  slow(false);
  await clock.advance(10_000);
  expect(read.length).toBe(100);
  slow(true);
  await clock.advance(60_000);
  slow(false);
  await clock.advance(100);
  // The last turn's length says how it really was.
  expect(sweep.lastTurnMs).toBe(70_000);
});

test('while no service is cold it wakes no more often than a turn may begin', async () => {
  const clock = new ManualClock();
  const cold: string[] = [];
  const read: string[] = [];
  let wakes = 0;
  const behind = () => {
    wakes += 1;
    return false;
  };
  new Sweep({ clock, cold: () => cold, isCold: () => true, behind, read: (name) => read.push(name) });
  await clock.advance(10_000);
  expect(wakes).toBeLessThanOrEqual(6);
  cold.push('s');
  await clock.advance(2_000);
  expect(read).toEqual(['s']);
});
