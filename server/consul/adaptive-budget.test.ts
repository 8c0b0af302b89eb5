import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AdaptiveBudget } from './adaptive-budget';
import { ManualClock } from './testing/manual-clock';

function budgetOf(full: number) {
  const clock = new ManualClock();
  const said: string[] = [];
  const told: number[] = [];
  const budget: AdaptiveBudget = new AdaptiveBudget({
    ...{ full, clock, address: 'http://127.0.0.1:8500' },
    open: () => budget.current,
    onChange: (connections) => told.push(connections),
    say: (sentence) => said.push(sentence),
  });
  /** Consul closes new connections while it answers others. */
  const wall = async () => {
    for (let n = 0; n < 4; n += 1) {
      budget.closed();
      budget.answered();
      await clock.advance(200);
    }
  };
  return { budget, clock, said, told, wall };
}

test('connections that are closed without a byte while others are answered halve the budget, and a sentence says so', async () => {
  const { budget, said, told, wall } = budgetOf(100);
  await wall();
  expect(budget.current).toBe(50);
  expect(told).toEqual([50]);
  expect(budget.lowered).toContain('takes 50 connections at most, of 100');
  expect(said).toEqual([budget.lowered]);
});

test('a Consul that stops closes all its connections and answers nothing in between: the budget stays', async () => {
  const { budget, clock } = budgetOf(100);
  budget.answered();
  for (let n = 0; n < 100; n += 1) {
    budget.closed();
    // It had arrived before the end.
    if (n === 50) budget.answered();
  }
  await clock.advance(2_000);
  for (let n = 0; n < 100; n += 1) budget.answered();
  expect([budget.current, budget.lowered]).toEqual([100, null]);
});

test('accidents far apart are no wall', async () => {
  const { budget, clock } = budgetOf(100);
  for (let n = 0; n < 20; n += 1) {
    budget.closed();
    budget.answered();
    await clock.advance(4_000);
  }
  expect(budget.current).toBe(100);
});

test('a budget that was hardly used is lowered to a quarter', () => {
  const clock = new ManualClock();
  const budget = new AdaptiveBudget({
    ...{ full: 100, clock, address: 'http://127.0.0.1:8500' },
    ...{ open: () => 3, onChange: () => {}, say: () => {} },
  });
  budget.limited();
  expect(budget.current).toBe(25);
});

test('one 429 lowers it; more of them lower it again only when the first lowering can have worked', async () => {
  const { budget, clock } = budgetOf(100);
  budget.limited();
  for (let n = 0; n < 3; n += 1) {
    await clock.advance(8_000);
    budget.limited();
    expect(budget.current).toBe(50);
  }
  await clock.advance(1_000);
  budget.limited();
  expect(budget.current).toBe(25);
  await clock.advance(25_000);
  budget.limited();
  expect(budget.current).toBe(16);
});

test('after quiet it grows by a tenth of the full budget a minute, until it is whole and nothing is said any more', async () => {
  const { budget, clock, said } = budgetOf(100);
  budget.limited();
  // A step each 6 s, the first after the 10 s of quiet: at 12 s.
  await clock.advance(6_000);
  expect(budget.current).toBe(50);
  await clock.advance(6_000 + 60_000);
  expect(budget.current).toBe(61);
  await clock.advance(240_000);
  expect([budget.current, budget.lowered]).toEqual([100, null]);
  expect(said.at(-1)).toContain('up to 100 again');
  expect(clock.pending).toBe(0);
});

test('whatever happens it stays between its least and its full size, and in the end it is whole again', async () => {
  const step = fc.oneof(
    fc.constantFrom('answered', 'closed', 'limited', 'wall'),
    fc.record({ advanceMs: fc.nat(40_000) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), fc.integer({ min: 4, max: 300 }), async (steps, full) => {
      const { budget, clock, wall } = budgetOf(full);
      for (const action of steps) {
        if (typeof action !== 'string') await clock.advance(action.advanceMs);
        else if (action === 'wall') await wall();
        else budget[action]();
        expect(budget.current).toBeLessThanOrEqual(full);
        expect(budget.current).toBeGreaterThanOrEqual(Math.min(16, full));
        if (budget.current < full) expect(budget.lowered).toContain(`takes ${budget.current} `);
      }
      await clock.advance(20 * 60_000);
      expect([budget.current, budget.lowered, clock.pending]).toEqual([full, null, 0]);
    }),
    { numRuns: 40 },
  );
});
