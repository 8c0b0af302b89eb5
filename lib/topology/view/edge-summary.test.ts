import { expect, test } from 'vitest';
import { exampleShop } from '@/lib/topology/example-topology';
import type { TopologyEdge } from '@/lib/topology/topology-body';
import { summaryOf } from './edge-summary';
import { isShownEdge } from './shown-edges';
import { splitStrands } from './split-strands';

const [example] = exampleShop().edges;
const edge = (more: Partial<TopologyEdge>): TopologyEdge => ({
  ...(example as TopologyEdge),
  allowed: null,
  ratePerSecond: null,
  errorRatio: null,
  observedAt: null,
  ...more,
});

test('several edges as one add their requests, and their errors by how many requests each has', () => {
  const summary = summaryOf([
    edge({ ratePerSecond: 90, errorRatio: 0 }),
    edge({ ratePerSecond: 10, errorRatio: 0.5 }),
    edge({}),
  ]);
  // 5 of 100 requests fail.
  expect(summary).toMatchObject({ ratePerSecond: 100, errorRatio: 0.05, tone: 'critical', count: 3 });
});

test('without errors that anybody counted an edge is quiet, and denied only where all of it is', () => {
  expect(summaryOf([edge({ ratePerSecond: 5 })])).toMatchObject({ tone: 'quiet', errorRatio: null });
  expect(summaryOf([edge({ allowed: false })]).tone).toBe('denied');
  expect(summaryOf([edge({ allowed: false }), edge({ allowed: true })]).tone).toBe('quiet');
  expect(summaryOf([edge({ ratePerSecond: 5, errorRatio: 0.021 })]).tone).toBe('warning');
});

test('an edge is shown as observed, as declared, or as both', () => {
  const at = '2026-01-15T03:00:00.000Z';
  const both = edge({ kinds: ['upstream', 'observed'], observedAt: at });
  const seen = edge({ kinds: ['observed'], observedAt: at });
  const said = edge({ kinds: ['intention'] });
  expect([both, seen, said].map((one) => isShownEdge(one, 'observed'))).toEqual([true, true, false]);
  expect([both, seen, said].map((one) => isShownEdge(one, 'declared'))).toEqual([true, false, true]);
  expect([both, seen, said].map((one) => isShownEdge(one, 'all'))).toEqual([true, true, true]);
});

test('a split has a strand a version, and none where it is none, or too fine to be drawn', () => {
  expect(splitStrands({ v1: 10, v2: 90 }).map(({ version, tone }) => [version, tone])).toEqual([
    ['v2', 0],
    ['v1', 1],
  ]);
  expect(splitStrands(null)).toEqual([]);
  expect(splitStrands({ v1: 100 })).toEqual([]);
  expect(splitStrands({ a: 20, b: 20, c: 20, d: 20, e: 20 })).toEqual([]);
});
