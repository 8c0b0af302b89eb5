import { expect, it } from 'vitest';
import type { TimelineMark } from '@/lib/history/bodies';
import { markClusters } from './mark-clusters';

const mark = (second: number, kind: TimelineMark['kind'] = 'deployment'): TimelineMark => ({
  at: new Date(second * 1_000).toISOString(),
  until: null,
  kind,
  dc: 'dc1',
  key: 'dc1/web',
  from: null,
  to: '1.0',
});

it('puts marks of one kind together where they would lie upon each other, and leaves out those outside', () => {
  const clusters = markClusters(
    [mark(11), mark(10), mark(10.5, 'configuration'), mark(50), mark(200)],
    { fromMs: 0, toMs: 100_000 },
    2,
  );
  expect(clusters.map(({ kind, leftPercent, marks }) => [kind, leftPercent, marks.length])).toEqual([
    ['deployment', 10, 2],
    ['configuration', 10.5, 1],
    ['deployment', 50, 1],
  ]);
});
