// @ts-check
import { stripVTControlCharacters } from 'node:util';

/** @typedef {{ title: string, message: string }} FailedTest */

const linesOfMessage = 12;

/** Of a report by vitest's `json` reporter; a file that could not even be read has no tests, but a message. @param {unknown} report @returns {FailedTest[]} */
export function vitestFailures(report) {
  const { testResults = [] } =
    /** @type {{ testResults?: { name: string, status: string, message?: string, assertionResults: { status: string, fullName: string, failureMessages?: string[] }[] }[] }} */ (
      report
    );
  return testResults.flatMap((file) => {
    const failed = file.assertionResults.filter((one) => one.status === 'failed');
    if (failed.length === 0) return file.status === 'failed' ? [{ title: file.name, message: file.message ?? '' }] : [];
    return failed.map((one) => ({
      title: `${file.name} › ${one.fullName}`,
      message: (one.failureMessages ?? []).join('\n'),
    }));
  });
}

/**
 * @typedef {{ title: string, specs?: { title: string, file: string, ok: boolean, tests: { status: string, results: { errors?: { message?: string }[] }[] }[] }[], suites?: Suite[] }} Suite
 */

/** Of a report by Playwright's `json` reporter, and the errors outside any test. @param {unknown} report @returns {FailedTest[]} */
export function playwrightFailures(report) {
  const { suites = [], errors = [] } = /** @type {{ suites?: Suite[], errors?: { message?: string }[] }} */ (report);
  const outside = errors.map((error) => ({ title: 'outside any test', message: error.message ?? '' }));
  return [...suites.flatMap(ofSuite), ...outside];
}

/** @param {Suite} suite @returns {FailedTest[]} */
function ofSuite(suite) {
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) => ({
        title: `${spec.file} › ${spec.title}`,
        message: results.flatMap(({ errors = [] }) => errors.map(({ message = '' }) => message)).join('\n'),
      })),
  );
  return [...own, ...(suite.suites ?? []).flatMap(ofSuite)];
}

/** What is said of them at the end, where whoever reads only the end of a log finds it. @param {FailedTest[]} failed @returns {string} */
export function failedText(failed) {
  return failed
    .map(({ title, message }) => {
      const lines = stripVTControlCharacters(message).trim().split('\n').slice(0, linesOfMessage);
      return [`FAILED ${title}`, ...lines.map((line) => `    ${line}`)].join('\n');
    })
    .join('\n');
}
