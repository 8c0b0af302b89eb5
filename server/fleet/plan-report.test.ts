import { expect, test } from 'vitest';
import { type PlanFacts, planReport } from './plan-report';

const exact: PlanFacts = {
  ...{ dc: 'dc1', mode: 'exact' as const, services: 100, exact: 100, odd: 0 },
  ...{ watches: 105, waitMs: 20_000, queueMs: 0, lastTurnMs: null, summaryMs: 0 },
};
const signals: PlanFacts = { ...exact, mode: 'signals', services: 1_030, exact: 30, watches: 35, summaryMs: 800 };

test('with a waiting query for each service every change is as fast as a watch', () => {
  // 105 waits of 20 s.
  expect(planReport(exact)).toMatchObject({
    ...{ readsPerSecond: 5.3, statusDelayMs: 100, membershipDelayMs: 500, definitionDelayMs: 100, worstDelayMs: 2_000 },
    explanation: 'Every one of the 100 services of dc1 has a waiting query: changes are seen as they happen.',
  });
});

test('by signals a fall is fast, and the rest as late as summary and sweep are', () => {
  const report = planReport(signals);
  // 1,000 cold services: 10 a second at rest, 50 a second when owed; 35 waits of 20 s.
  expect(report).toMatchObject({ readsPerSecond: 11.8, statusDelayMs: 250, worstDelayMs: 100_000 });
  // List 400, a first look 150, a summary before 1,050, the summary 800, a read 150: 2,550. Then a second for what it names, and the sweep.
  expect([report.membershipDelayMs, report.definitionDelayMs]).toEqual([2_600, 23_600]);
  expect(report.explanation).toContain('the hottest 30 have one, the other 1000 are read');
  expect(report.explanation).toContain('within 100 s');
});

test('a sweep that Consul slowed down is not promised to be faster than it was', () => {
  expect(planReport({ ...signals, lastTurnMs: 171_234 }).worstDelayMs).toBe(171_300);
});

test('services that no path can name are as late as their poll', () => {
  const report = planReport({ ...exact, exact: 98, odd: 2 });
  expect(report).toMatchObject({ statusDelayMs: 2_000, worstDelayMs: 2_000, readsPerSecond: 6.3 });
  expect(report.explanation).toContain('(2) are read every 2 s');
});

test('waiting queries that take turns are as late as their turn', () => {
  const report = planReport({ ...signals, exact: 0, services: 1_000, watches: 5, waitMs: 2_000, queueMs: 2_000 });
  // 1,000 cold services in 100 s, and 5 waits a turn of 4 s.
  expect(report).toMatchObject({ readsPerSecond: 11.3, statusDelayMs: 2_250, worstDelayMs: 102_000 });
  expect(report.explanation).toContain('up to 2 s late');
});
