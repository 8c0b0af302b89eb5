import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasRoomForConfiguration, type PlanSubject, planWatches } from './plan';

const names = (count: number) => Array.from({ length: count }, (_, at) => `s${at}`);

const subject = (name: string, count: number, more: Partial<PlanSubject> = {}): PlanSubject => ({
  ...{ name, services: names(count), hot: [], mode: 'exact' },
  ...more,
});

const exactOf = (plans: ReturnType<typeof planWatches>, name: string) => [...(plans.get(name)?.exact ?? [])];

test('within the capacity every service is watched exactly', () => {
  const plans = planWatches(100, [subject('dc1', 20), subject('dc2', 20), subject('dc3', 20)]);
  expect([...plans.values()].map((plan) => [plan.mode, plan.exact.size])).toEqual(Array(3).fill(['exact', 20]));
});

test('a datacenter too large for the capacity is watched by signals, its hot services exactly; the small ones stay exact', () => {
  const plans = planWatches(100, [subject('big', 500, { hot: [['s3', 's499', 'gone']] }), subject('small', 10)]);
  expect(plans.get('small')).toMatchObject({ mode: 'exact' });
  expect(plans.get('big')?.mode).toBe('signals');
  expect(exactOf(plans, 'big')).toEqual(['s3', 's499']);
});

test('however many waits the transport carries, thousands of services are watched by signals', () => {
  const plans = planWatches(24_200, [subject('large', 10_000, { hot: [['s7']] }), subject('small', 1_000)]);
  expect([plans.get('large')?.mode, exactOf(plans, 'large')]).toEqual(['signals', ['s7']]);
  expect(plans.get('small')?.mode).toBe('exact');
});

test('of the hot services the more important list goes first, and no datacenter takes all places', () => {
  // 14 - 2 x 5 leaves 4 places: one each on screen, then one each that changed lately.
  const plans = planWatches(14, [
    subject('a', 50, { hot: [['s1'], ['s2', 's3', 's4']] }),
    subject('b', 60, { hot: [['s9'], ['s9', 's8', 's7']] }),
  ]);
  expect([exactOf(plans, 'a'), exactOf(plans, 'b')]).toEqual([['s1', 's2', 's3'], ['s9']]);
});

test('where there are fewer places than signals these take turns, short ones, and the plan says how long one waits for its own', () => {
  const three = [subject('a', 5), subject('b', 5), subject('c', 5)];
  // 15 signals on 8 places are two rounds of 2 s each.
  expect(planWatches(8, three).get('a')).toMatchObject({ mode: 'signals', waitMs: 2_000, queueMs: 2_000 });
  expect(planWatches(15, three).get('a')).toMatchObject({ mode: 'signals', waitMs: 25_000, queueMs: 0 });
});

test('what is configured waits only where that leaves every signal its place', () => {
  expect([14, 13].map((places) => hasRoomForConfiguration(places, 2, 4))).toEqual([true, false]);
});

test('a datacenter at the edge keeps its mode', () => {
  const mode = (services: number, before: 'exact' | 'signals') =>
    planWatches(105, [subject('dc1', services, { mode: before })]).get('dc1')?.mode;
  expect([mode(100, 'exact'), mode(101, 'exact')]).toEqual(['exact', 'signals']);
  expect([mode(91, 'signals'), mode(90, 'signals')]).toEqual(['signals', 'exact']);
});

test('waiting queries never exceed the capacity, whatever is hot, and no place is left empty that a hot service could use', () => {
  const lists = fc.array(fc.array(fc.nat(320), { maxLength: 40 }), { maxLength: 3 });
  const subjects = fc.array(fc.tuple(fc.nat(300), lists, fc.constantFrom<'exact' | 'signals'>('exact', 'signals')), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(fc.integer({ min: 60, max: 400 }), subjects, (capacity, drawn) => {
      const all = drawn.map(([count, hot, mode], at) =>
        subject(`dc${at}`, count, { mode, hot: hot.map((list) => list.map((n) => `s${n}`)) }),
      );
      const plans = planWatches(capacity, all);
      const held = [...plans.values()].reduce((sum, plan) => sum + plan.exact.size, 0);
      expect(held + all.length * 5).toBeLessThanOrEqual(capacity);
      const full = held + all.length * 5 === capacity;
      for (const { name, services, hot } of all) {
        const plan = plans.get(name);
        const wanted = hot.flat().filter((service) => services.includes(service));
        if (plan?.mode === 'signals' && !full) expect([...plan.exact].sort()).toEqual([...new Set(wanted)].sort());
        expect([...(plan?.exact ?? [])].filter((service) => !services.includes(service))).toEqual([]);
      }
    }),
    { numRuns: 40 },
  );
});
