// @ts-check
import { constants } from 'node:os';
import { alertmanager } from './alertmanager.mjs';
import { bin, freshReport, runCheckSteps } from './check-steps.mjs';
import { chromium } from './chromium.mjs';
import { consul } from './consul.mjs';
import { failedText } from './failed-tests.mjs';
import { haproxy } from './haproxy.mjs';
import { LaunchError } from './launch-error.mjs';
import { meetNeeds } from './need.mjs';
import { refuseArguments } from './no-arguments.mjs';
import { npmPackages } from './npm-packages.mjs';
import { postgres } from './postgres.mjs';
import { productionBuild } from './production-build.mjs';
import { prometheus } from './prometheus.mjs';
import { endingSignal, runProgram } from './run-program.mjs';
import { countStep, playwrightCounts, readReport, sum, vitestCounts } from './test-counts.mjs';

/** @typedef {import('./test-counts.mjs').Counts} Counts */

/** `npm test`: every check, then what failed by name, and one last line `N passed, N failed`. @param {string[]} args */
export async function test(args) {
  refuseArguments('test', args);
  /** @type {Counts[]} */
  const counts = [];
  let status = 0;
  try {
    await meetNeeds([npmPackages, consul, haproxy, prometheus, alertmanager, postgres, chromium]);
    counts.push(...(await runCheckSteps()));
    await meetNeeds([productionBuild('')]);
    for (const step of [integration, () => browser('pages', 2), () => browser('alone', 1)]) {
      counts.push(await step());
      const signal = endingSignal();
      if (signal !== null) throw new LaunchError(`${signal}: the rest is not run.`, 128 + constants.signals[signal]);
    }
  } catch (error) {
    // Something that the rest needs could not be got: the rest is one failure, and the last line still comes last.
    if (!(error instanceof LaunchError)) throw error;
    console.error(error.message);
    status = error.exitStatus;
    counts.push({ passed: 0, failed: 1 });
  }
  const { passed, failed, failures } = sum(counts);
  if (failures.length > 0) console.log(failedText(failures));
  console.log(`${passed} passed, ${failed} failed`);
  return status === 0 && failed > 0 ? 1 : status;
}

/** @returns {Promise<Counts>} */
async function integration() {
  const report = freshReport('integration');
  const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${report}`];
  const status = await runProgram(bin('vitest'), ['run', '--project', 'integration', ...reporters]);
  const written = readReport(report);
  return countStep(written === null ? null : vitestCounts(written), status === 0);
}

/** @param {string} project of `playwright.config.ts` @param {number} workers @returns {Promise<Counts>} */
async function browser(project, workers) {
  const report = freshReport(`browser-${project}`);
  const which = [`--project=${project}`, `--workers=${workers}`];
  const status = await runProgram(bin('playwright'), ['test', ...which, '--reporter=list,json'], {
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  const written = readReport(report);
  return countStep(written === null ? null : playwrightCounts(written), status === 0);
}
