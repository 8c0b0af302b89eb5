import { describe, expect, it } from 'vitest';
import { exampleService } from './example-fleet';
import { countByStatus, instanceCounts, sumInstanceCounts } from './status-counts';

const api = exampleService('dc1', 'api', ['passing', 'critical', 'unknown', 'unknown']);
const cart = exampleService('dc1', 'cart', ['passing', 'maintenance', 'warning']);

describe('counts by status', () => {
  it('call those instances unknown that no other count has', () => {
    expect(instanceCounts(api)).toEqual({ critical: 1, warning: 0, maintenance: 0, unknown: 2, passing: 1 });
  });

  it('add up over services to all their instances', () => {
    const sum = sumInstanceCounts([api, cart]);
    expect(sum).toEqual({ critical: 1, warning: 1, maintenance: 1, unknown: 2, passing: 2 });
  });

  it('count services by their own status', () => {
    expect(countByStatus([api, cart])).toEqual({ critical: 1, warning: 1, maintenance: 0, unknown: 0, passing: 0 });
  });
});
