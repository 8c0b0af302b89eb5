import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Deadlines } from './deadlines';

it('gives what is due in the order of time, then of id, whatever was replaced and taken away', () => {
  const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const steps = fc.array(fc.tuple(ids, fc.option(fc.nat(20))), { maxLength: 60 });
  fc.assert(
    fc.property(steps, fc.nat(20), (set, byMs) => {
      const deadlines = new Deadlines();
      const expected = new Map<string, number>();
      for (const [id, atMs] of set) {
        if (atMs === null) {
          deadlines.remove(id);
          expected.delete(id);
        } else {
          deadlines.set(id, atMs);
          expected.set(id, atMs);
        }
      }
      const due = [...expected]
        .map(([id, atMs]) => ({ id, atMs }))
        .sort((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1));
      expect(deadlines.nextMs()).toBe(due[0]?.atMs ?? null);
      const taken = Array.from({ length: due.filter(({ atMs }) => atMs <= byMs).length }, () =>
        deadlines.takeDue(byMs),
      );
      expect(taken).toEqual(due.slice(0, taken.length));
      expect(deadlines.takeDue(byMs)).toBeNull();
      expect(deadlines.nextMs()).toBe(due[taken.length]?.atMs ?? null);
    }),
  );
});
