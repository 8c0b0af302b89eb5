import { expect, test } from 'vitest';
import { Turnstile } from './turnstile';

const never = new AbortController().signal;

test('lets so many in, and one more for each that leaves, in the order in which they came', async () => {
  const turnstile = new Turnstile(2);
  const inside: number[] = [];
  const visits = [1, 2, 3, 4].map(async (n) => {
    const leave = await turnstile.enter(never);
    inside.push(n);
    return leave;
  });
  const [first, second] = await Promise.all(visits.slice(0, 2));
  expect(inside).toEqual([1, 2]);
  second?.();
  second?.();
  await visits[2];
  expect(inside).toEqual([1, 2, 3]);
  first?.();
  await visits[3];
  expect(inside).toEqual([1, 2, 3, 4]);
});

test('one that gives up loses its place in line and takes none', async () => {
  const turnstile = new Turnstile(1);
  const leave = await turnstile.enter(never);
  const patience = new AbortController();
  const given = turnstile.enter(patience.signal);
  const after = turnstile.enter(never);
  patience.abort(new Error('enough'));
  await expect(given).rejects.toThrow('enough');
  leave();
  await expect(after).resolves.toBeTypeOf('function');
  await expect(turnstile.enter(patience.signal)).rejects.toThrow('enough');
});

test('tells when the last one has left, and nobody waits in line', async () => {
  const turnstile = new Turnstile(1);
  await turnstile.emptied();
  const leave = await turnstile.enter(never);
  const second = turnstile.enter(never);
  let empty = 0;
  for (let n = 0; n < 2; n += 1) void turnstile.emptied().then(() => (empty += 1));
  leave();
  const leaveToo = await second;
  expect(turnstile.isEmpty).toBe(false);
  expect(empty).toBe(0);
  leaveToo();
  await turnstile.emptied();
  expect(empty).toBe(2);
});

test('many who waited for the end go on in turns, between which others have theirs', async () => {
  const turnstile = new Turnstile(1);
  const leave = await turnstile.enter(never);
  let gone = 0;
  const all = Array.from({ length: 50 }, () => turnstile.emptied().then(() => (gone += 1)));
  leave();
  await Promise.resolve();
  expect(gone).toBe(20);
  await Promise.all(all);
  expect(gone).toBe(50);
});
