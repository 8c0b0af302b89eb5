// @ts-check
import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number }} Counts */

/**
 * What a runner's report says, or, where it wrote none or does not name what failed, one failure: a step that ends badly never counts as nothing.
 * @param {Counts | null} counts @param {boolean} ok whether the step ended with status 0
 * @returns {Counts}
 */
export function countStep(counts, ok) {
  const { passed, failed } = counts ?? { passed: ok ? 1 : 0, failed: 0 };
  return { passed, failed: ok || failed > 0 ? failed : 1 };
}

/** Of a report by vitest's `json` reporter. @param {unknown} report @returns {Counts} */
export function vitestCounts(report) {
  const { numPassedTests, numFailedTests } = /** @type {Record<string, number>} */ (report);
  return { passed: numPassedTests ?? 0, failed: numFailedTests ?? 0 };
}

/** Of a report by Playwright's `json` reporter. @param {unknown} report @returns {Counts} */
export function playwrightCounts(report) {
  const { stats } = /** @type {{ stats: Record<string, number> }} */ (report);
  return { passed: stats.expected ?? 0, failed: (stats.unexpected ?? 0) + (stats.flaky ?? 0) };
}

/** @param {string} file @returns {unknown} null where the runner did not get to write it */
export function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** @param {Counts[]} all @returns {Counts} */
export function sum(all) {
  return all.reduce((total, one) => ({ passed: total.passed + one.passed, failed: total.failed + one.failed }), {
    passed: 0,
    failed: 0,
  });
}
