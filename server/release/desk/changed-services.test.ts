import { expect, it } from 'vitest';
import { ChangedServices } from './changed-services';

function services(costMs: number) {
  const made = { nowMs: 0, taken: [] as string[], turns: [] as (() => void)[] };
  const changed = new ChangedServices({
    clock: { now: () => made.nowMs },
    later: (act) => made.turns.push(act),
    take: (dc, name) => {
      made.nowMs += costMs;
      made.taken.push(`${dc}/${name}`);
    },
  });
  return Object.assign(made, { changed, turn: () => made.turns.shift()?.() });
}

it('tells each once, in a later turn', () => {
  const a = services(0);
  a.changed.add('dc1', 'web');
  a.changed.add('dc1', 'users');
  a.changed.add('dc1', 'web');
  expect(a.taken).toEqual([]);
  a.turn();
  expect(a.taken).toEqual(['dc1/web', 'dc1/users']);
  expect(a.turns).toEqual([]);
});

it('leaves the turn to others after a few ms, and goes on in another one', () => {
  const a = services(3);
  for (const name of ['a', 'b', 'c', 'd']) a.changed.add('dc1', name);
  a.turn();
  expect(a.taken).toEqual(['dc1/a', 'dc1/b']);
  a.changed.add('dc1', 'a');
  expect(a.turns).toHaveLength(1);
  a.turn();
  a.turn();
  expect(a.taken).toEqual(['dc1/a', 'dc1/b', 'dc1/c', 'dc1/d', 'dc1/a']);
  expect(a.turns).toEqual([]);
});

it('tells again of what changes while it is told', () => {
  const a = services(0);
  a.changed.add('dc1', 'web');
  a.turn();
  a.changed.add('dc1', 'web');
  a.turn();
  expect(a.taken).toEqual(['dc1/web', 'dc1/web']);
});
