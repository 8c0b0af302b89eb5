import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleService } from './example-fleet';
import type { FreshnessState, ServiceRecord, Status } from './model';
import { compareNames, compareWorstFirst } from './rank';
import type { ServiceRow } from './service-row';

const row = (service: ServiceRecord, freshness: FreshnessState = 'live'): ServiceRow => ({
  dc: 'dc1',
  service,
  freshness,
});
const names = (rows: readonly ServiceRow[]) => [...rows].sort(compareWorstFirst).map(({ service }) => service.name);

describe('worst first', () => {
  it('goes by the status', () => {
    const rows = (['passing', 'unknown', 'maintenance', 'warning', 'critical'] as const).map((status) =>
      row(exampleService('dc1', status, [status])),
    );
    expect(names(rows)).toEqual(['critical', 'warning', 'maintenance', 'unknown', 'passing']);
  });

  it('then by the share of instances that are hit, not by their number', () => {
    const oneOfTwo = row(exampleService('dc1', 'one-of-two', ['critical', 'passing']));
    const twoOfFive = row(
      exampleService('dc1', 'two-of-five', ['critical', 'critical', 'passing', 'passing', 'passing']),
    );
    expect(names([twoOfFive, oneOfTwo])).toEqual(['one-of-two', 'two-of-five']);
  });

  it('then by who has been so for longer', () => {
    const early = row(exampleService('dc1', 'z-early', ['warning'], { since: '2026-01-15T01:00:00.000Z' }));
    const late = row(exampleService('dc1', 'a-late', ['warning'], { since: '2026-01-15T01:00:00.001Z' }));
    expect(names([late, early])).toEqual(['z-early', 'a-late']);
  });

  it('orders what is healthy by name alone, so that a recovery does not shuffle it', () => {
    const late = row(exampleService('dc1', 'a', ['passing'], { since: '2026-01-15T09:00:00.000Z' }));
    const early = row(exampleService('dc1', 'b', ['passing']));
    expect(names([early, late])).toEqual(['a', 'b']);
  });

  it('keeps the rank of what was critical when last seen', () => {
    const stale = row(exampleService('dc1', 'stale', ['critical']), 'stale');
    const live = row(exampleService('dc1', 'live', ['critical', 'passing']));
    expect(names([live, stale])).toEqual(['stale', 'live']);
  });

  it('is a total order', () => {
    const status = fc.constantFrom<Status>('passing', 'warning', 'critical', 'maintenance', 'unknown');
    const anyRow = fc
      .record({
        name: fc.constantFrom('a', 'A', 'web-2', 'web-10', '支付'),
        instances: fc.array(status, { maxLength: 4 }),
      })
      .map(({ name, instances }) => row(exampleService('dc1', name, instances)));
    fc.assert(
      fc.property(anyRow, anyRow, anyRow, (a, b, c) => {
        expect(Math.sign(compareWorstFirst(a, b)) + Math.sign(compareWorstFirst(b, a))).toBe(0);
        if (compareWorstFirst(a, b) <= 0 && compareWorstFirst(b, c) <= 0) {
          expect(compareWorstFirst(a, c)).toBeLessThanOrEqual(0);
        }
      }),
    );
  });
});

describe('names', () => {
  it('are ordered as people count', () => {
    expect(['web-10', 'web-2', 'web-1'].sort(compareNames)).toEqual(['web-1', 'web-2', 'web-10']);
  });

  it('are equal only when they are the same', () => {
    expect(compareNames('web-1', 'web-01')).not.toBe(0);
    expect(compareNames('web', 'web')).toBe(0);
  });
});
