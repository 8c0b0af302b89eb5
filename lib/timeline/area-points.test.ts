import { describe, expect, it } from 'vitest';
import type { TimelineBucket } from '@/lib/history/bodies';
import { areaPoints, mostTroubled, scaleOf } from './area-points';

const STEP_MS = 60_000;
const bucket = (minute: number, counts: Partial<TimelineBucket>): TimelineBucket => ({
  at: new Date(minute * STEP_MS).toISOString(),
  passing: 0,
  warning: 0,
  critical: 0,
  maintenance: 0,
  unknown: 0,
  unknownMs: 0,
  ...counts,
});

describe('the points of a stacked area', () => {
  it('show one critical of many at the least visible height, taken from what passes', () => {
    const [point] = areaPoints([bucket(0, { passing: 199, critical: 1 })], STEP_MS, 4);
    expect(point).toEqual({ atMs: 0, critical: 4, warning: 0, unknown: 0, maintenance: 0, passing: 196, total: 200 });
  });

  it('end where the last bucket ends', () => {
    const points = areaPoints([bucket(0, { passing: 3 }), bucket(1, { passing: 2, warning: 1 })], STEP_MS, 0);
    expect(points.map(({ atMs, warning }) => [atMs / STEP_MS, warning])).toEqual([
      [0, 0],
      [1, 1],
      [2, 1],
    ]);
  });

  it('draw nothing where nobody looked, and nothing across buckets that are missing', () => {
    const unseen = areaPoints([bucket(0, { passing: 3 }), bucket(1, { passing: 3, unknownMs: STEP_MS })], STEP_MS, 0);
    expect(unseen.map(({ total }) => total)).toEqual([3, null, null]);
    const missing = areaPoints([bucket(0, { passing: 3 }), bucket(5, { passing: 3 })], STEP_MS, 0);
    expect(missing.map(({ atMs, total }) => [atMs / STEP_MS, total])).toEqual([
      [0, 3],
      [1, null],
      [5, 3],
      [6, 3],
    ]);
    expect(areaPoints([], STEP_MS, 0)).toEqual([]);
  });

  it('keep what was seen of a bucket that was watched in part', () => {
    const [point] = areaPoints([bucket(0, { critical: 2, unknownMs: STEP_MS / 2 })], STEP_MS, 0);
    expect(point).toMatchObject({ critical: 2, total: 2 });
  });

  it('scale to all that is there, or to the trouble alone', () => {
    const buckets = [bucket(0, { passing: 378, critical: 8 }), bucket(1, { passing: 380 })];
    expect(scaleOf(buckets)).toBe(386);
    expect(mostTroubled(buckets)).toBe(8);
    expect(mostTroubled([])).toBe(0);
  });
});
