import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arcsOf } from './tally';

const counts = fc.record({
  passing: fc.nat(500),
  warning: fc.nat(5),
  critical: fc.nat(5),
  maintenance: fc.nat(5),
  unknown: fc.nat(5),
});

test('a ring closes, leaves no gap, and shows each status that there is', () => {
  fc.assert(
    fc.property(counts, (parts) => {
      const arcs = arcsOf(parts);
      expect(arcs[0]?.from).toBe(0);
      expect(arcs.at(-1)?.to).toBe(1);
      for (const [at, { from, to }] of arcs.entries()) {
        if (at > 0) expect(from).toBe(arcs[at - 1]?.to);
        // One of five hundred is still seen: a twentieth of the ring.
        expect(to - from).toBeGreaterThan(0.04);
      }
      const shown = Object.entries(parts).filter(([, count]) => count > 0);
      if (shown.length > 0)
        expect(arcs.map(({ status }) => status).sort()).toEqual(shown.map(([status]) => status).sort());
    }),
  );
});

test('the worst stands first', () => {
  const arcs = arcsOf({ passing: 2, warning: 1, critical: 1, maintenance: 0, unknown: 0 });
  expect(arcs).toEqual([
    { status: 'critical', from: 0, to: 0.25 },
    { status: 'warning', from: 0.25, to: 0.5 },
    { status: 'passing', from: 0.5, to: 1 },
  ]);
});
