import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdOrder } from './held-order';

interface Row {
  readonly id: string;
  readonly status: string;
}
const row = (id: string, status = 'passing'): Row => ({ id, status });
const byId = (...rows: Row[]) => new Map(rows.map((one) => [one.id, one]));

describe('an order that is held while somebody reads', () => {
  it('keeps each row in its place, with its new content', () => {
    const wanted = [row('b', 'critical'), row('a')];
    const { items, moved } = holdOrder([row('a'), row('b')], wanted, byId(...wanted));
    expect(items).toEqual([
      { item: row('a'), gone: false },
      { item: row('b', 'critical'), gone: false },
    ]);
    expect(moved).toBe(true);
  });

  it('keeps the place of what has gone, and says so', () => {
    const { items, moved } = holdOrder([row('a'), row('b')], [row('b')], byId(row('b')));
    expect(items.map(({ item, gone }) => [item.id, gone])).toEqual([
      ['a', true],
      ['b', false],
    ]);
    expect(moved).toBe(true);
  });

  it('counts what waits to be shown', () => {
    const wanted = [row('new'), row('a'), row('newer')];
    expect(holdOrder([row('a')], wanted, byId(...wanted))).toMatchObject({ waiting: 2, moved: true });
  });

  it('does not speak of a row as gone that is only not wanted in the list', () => {
    const { items } = holdOrder([row('a')], [], byId(row('a')));
    expect(items).toEqual([{ item: row('a'), gone: false }]);
  });

  it('has nothing to offer when the order is the same', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), (ids) => {
        const rows = ids.map((id) => row(id));
        const held = holdOrder(rows, rows, byId(...rows));
        expect(held.moved).toBe(false);
        expect(held.waiting).toBe(0);
        expect(held.items.map(({ item }) => item.id)).toEqual(ids);
      }),
    );
  });
});
