import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TokenBucket } from './token-bucket';

it('lets the first through at once and then one each refill', () => {
  const bucket = new TokenBucket(3, 100);
  expect([0, 0, 0, 0, 0].map((nowMs) => bucket.take(nowMs))).toEqual([0, 0, 0, 100, 200]);
  // After 1,000 ms it is full again: 3 at once.
  expect([1_000, 1_000, 1_000, 1_000].map((nowMs) => bucket.take(nowMs))).toEqual([0, 0, 0, 100]);
});

it('never lets more than its capacity and its refill through, however the takers come', () => {
  const gaps = fc.array(fc.nat({ max: 300 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(gaps, fc.integer({ min: 1, max: 10 }), (thinkMs, capacity) => {
      const bucket = new TokenBucket(capacity, 100);
      let nowMs = 0;
      const passed: number[] = [];
      // Each taker waits as it is told, and then thinks.
      for (const think of thinkMs) {
        nowMs += bucket.take(nowMs);
        passed.push(nowMs);
        nowMs += think;
      }
      for (const start of passed) {
        const within = passed.filter((at) => at >= start && at < start + 1_000).length;
        expect(within).toBeLessThanOrEqual(capacity + 10);
      }
    }),
  );
});
