import { expect, it } from 'vitest';
import { SpareTurns } from './spare-turns';
import { ManualClock, settled } from './testing/manual-clock';

function turns() {
  const clock = new ManualClock();
  const made = { clock, busy: false, done: [] as string[] };
  const spare = new SpareTurns({ clock, isBusy: () => made.busy });
  return Object.assign(made, { later: (what: string) => spare.later(() => made.done.push(what)) });
}

it('calls what waits in a later turn, in the order of the calls', async () => {
  const a = turns();
  a.later('one');
  a.later('two');
  expect(a.done).toEqual([]);
  await settled();
  expect(a.done).toEqual(['one', 'two']);
});

it('waits while answers of Consul wait, and no longer', async () => {
  const a = turns();
  a.busy = true;
  a.later('one');
  await settled();
  await a.clock.advance(50);
  expect(a.done).toEqual([]);
  a.busy = false;
  await a.clock.advance(5);
  expect(a.done).toEqual(['one']);
});

it('is not held back for ever by a Consul that never stops to answer', async () => {
  const a = turns();
  a.busy = true;
  a.later('one');
  await settled();
  await a.clock.advance(95);
  expect(a.done).toEqual([]);
  await a.clock.advance(5);
  expect(a.done).toEqual(['one']);
});

it('takes what is called for within a turn in the next one', async () => {
  const a = turns();
  const spare = new SpareTurns({ clock: a.clock, isBusy: () => false });
  spare.later(() => spare.later(() => a.done.push('inner')));
  await settled();
  await settled();
  expect(a.done).toEqual(['inner']);
});
