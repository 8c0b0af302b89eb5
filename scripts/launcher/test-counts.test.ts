import { describe, expect, test } from 'vitest';
import { countStep, playwrightCounts, sum, vitestCounts } from './test-counts.mjs';

describe('the count of a step', () => {
  test('is what its runner reported', () => {
    expect(countStep({ passed: 12, failed: 0 }, true)).toEqual({ passed: 12, failed: 0 });
    expect(countStep({ passed: 10, failed: 2 }, false)).toEqual({ passed: 10, failed: 2 });
  });

  test('is one failure when it failed and nobody reported a failed test', () => {
    expect(countStep(null, false)).toEqual({ passed: 0, failed: 1 });
    expect(countStep({ passed: 12, failed: 0 }, false)).toEqual({ passed: 12, failed: 1 });
  });

  test('is one when it has nothing to count and is well', () => {
    expect(countStep(null, true)).toEqual({ passed: 1, failed: 0 });
  });

  test('takes a flaky browser test for a failed one', () => {
    const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
    expect(playwrightCounts({ stats })).toMatchObject({ passed: 5, failed: 2 });
    expect(vitestCounts({ numPassedTests: 3, numFailedTests: 1, numPendingTests: 4 })).toMatchObject({
      passed: 3,
      failed: 1,
    });
  });

  test('adds up', () => {
    const counts = [
      { passed: 1, failed: 0 },
      { passed: 3, failed: 2, failures: [{ title: 'a', message: 'b' }] },
    ];
    expect(sum(counts)).toEqual({ passed: 4, failed: 2, failures: [{ title: 'a', message: 'b' }] });
  });
});
