// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import { playwrightFailures, vitestFailures } from './failed-tests.mjs';

/** @typedef {{ passed: number, failed: number, failures?: import('./failed-tests.mjs').FailedTest[] }} Counts */

/**
 * What a runner's report says, or, where it wrote none or does not name what failed, one failure: a step that ends badly never counts as nothing.
 * @param {Counts | null} counts @param {boolean} ok whether the step ended with status 0
 * @returns {Counts}
 */
export function countStep(counts, ok) {
  const counted = counts ?? { passed: ok ? 1 : 0, failed: 0 };
  return { ...counted, failed: ok || counted.failed > 0 ? counted.failed : 1 };
}

/** Of a report by vitest's `json` reporter. @param {unknown} report @returns {Counts} */
export function vitestCounts(report) {
  const { numPassedTests, numFailedTests } = /** @type {Record<string, number>} */ (report);
  return { passed: numPassedTests ?? 0, failed: numFailedTests ?? 0, failures: vitestFailures(report) };
}

/** Of a report by Playwright's `json` reporter. @param {unknown} report @returns {Counts} */
export function playwrightCounts(report) {
  const { stats } = /** @type {{ stats: Record<string, number> }} */ (report);
  return {
    passed: stats.expected ?? 0,
    failed: (stats.unexpected ?? 0) + (stats.flaky ?? 0),
    failures: playwrightFailures(report),
  };
}

/** @param {string} file @returns {unknown} null where the runner did not get to write it */
export function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** @param {Counts[]} all @returns {Required<Counts>} */
export function sum(all) {
  return {
    passed: all.reduce((total, { passed }) => total + passed, 0),
    failed: all.reduce((total, { failed }) => total + failed, 0),
    failures: all.flatMap(({ failures = [] }) => failures),
  };
}
