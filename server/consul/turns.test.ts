import { expect, test } from 'vitest';
import { Turns } from './turns';

const keepBusy = (ms: number) => {
  const untilMs = performance.now() + ms;
  while (performance.now() < untilMs);
};

test('each goes on in its order, and a timer that has become due fires between two of them', async () => {
  const turns = new Turns();
  const order: string[] = [];
  const visits = ['first', 'second', 'third'].map(async (name) => {
    await turns.next();
    order.push(name);
    if (name === 'first') setTimeout(() => order.push('timer'), 1);
    keepBusy(5);
  });
  await Promise.all(visits);
  expect(order).toEqual(['first', 'timer', 'second', 'third']);
});

test('who comes while another goes on, or after all have gone, goes on as well', async () => {
  const turns = new Turns();
  const order: string[] = [];
  await turns.next().then(() => turns.next().then(() => order.push('inner')));
  await turns.next();
  order.push('last');
  expect(order).toEqual(['inner', 'last']);
});
