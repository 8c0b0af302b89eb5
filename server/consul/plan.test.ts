import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PlanSubject, planWatches } from './plan';

const subject = (name: string, count: number, hot: string[] = []): PlanSubject => ({
  name,
  services: Array.from({ length: count }, (_, at) => `s${at}`),
  hot: new Set(hot),
});

test('within the capacity every service is watched exactly', () => {
  const plans = planWatches(100, [subject('dc1', 20), subject('dc2', 20), subject('dc3', 20)]);
  expect([...plans.values()].map((plan) => [plan.mode, plan.exact.size])).toEqual(Array(3).fill(['exact', 20]));
});

test('a datacenter too large for the capacity is watched by signals, its hot services exactly; the small ones stay exact', () => {
  const plans = planWatches(100, [subject('big', 500, ['s3', 's499', 'gone']), subject('small', 10)]);
  expect(plans.get('small')).toMatchObject({ mode: 'exact' });
  expect(plans.get('big')?.mode).toBe('signals');
  expect([...(plans.get('big')?.exact ?? [])]).toEqual(['s3', 's499']);
});

test('waiting queries never exceed the capacity, whatever is hot', () => {
  const subjects = fc.array(fc.tuple(fc.nat(300), fc.nat(300)), { maxLength: 8 });
  fc.assert(
    fc.property(fc.integer({ min: 60, max: 400 }), subjects, (capacity, sizes) => {
      const all = sizes.map(([count, hot], at) =>
        subject(
          `dc${at}`,
          count,
          Array.from({ length: hot }, (_, n) => `s${n}`),
        ),
      );
      const held = [...planWatches(capacity, all).values()].reduce((sum, plan) => sum + plan.exact.size, 0);
      expect(held + all.length * 5).toBeLessThanOrEqual(capacity);
    }),
  );
});
