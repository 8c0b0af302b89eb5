import { describe, expect, it } from 'vitest';
import { AlertBook } from './alert-book';
import { scopeOf } from './condition';
import { EXAMPLE_MS, exampleConditions, exampleRecords } from './example-alerts';

describe('the book', () => {
  it('tells one cause once: a service whose critical instances are all on a lost node is inside of that node’s alert', () => {
    const states = Object.fromEntries(exampleRecords().map(({ id, state }) => [id, state]));
    expect(states['NodeCritical:dc1/n7']).toBe('firing');
    expect(states['InstanceCritical:dc1/api']).toBe('suppressed');
    expect(states['InstanceCritical:dc1/web']).toBe('firing');
  });

  it('fires after it has held as long as its rule asks, and is over when it ceases', () => {
    const book = new AlertBook();
    const condition = { ...exampleConditions.instanceCritical, forMs: 120_000 };
    const scope = scopeOf(condition.subject);
    book.put(scope, 'dc1', [condition], EXAMPLE_MS);
    expect(book.take(EXAMPLE_MS).edges).toEqual([{ id: condition.id, atMs: EXAMPLE_MS, from: null, to: 'pending' }]);
    expect(book.nextDeadlineMs()).toBe(EXAMPLE_MS + 120_000);
    const fired = book.take(EXAMPLE_MS + 121_000);
    expect(fired.edges).toEqual([{ id: condition.id, atMs: EXAMPLE_MS + 120_000, from: 'pending', to: 'firing' }]);
    book.put(scope, 'dc1', [], EXAMPLE_MS + 130_000);
    expect(book.take(EXAMPLE_MS + 130_000).changed[0]?.record).toMatchObject({
      state: 'resolved',
      firedAt: '2026-01-15T03:02:00.000Z',
      resolvedAt: '2026-01-15T03:02:10.000Z',
    });
  });
});
