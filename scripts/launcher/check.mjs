// @ts-check
import { runCheckSteps } from './check-steps.mjs';
import { meetNeeds } from './need.mjs';
import { refuseArguments } from './no-arguments.mjs';
import { npmPackages } from './npm-packages.mjs';
import { secondsSince } from './run-logged.mjs';
import { sum } from './test-counts.mjs';

/** `npm run check`: the fast part of the tests, for each edit. @param {string[]} args */
export async function check(args) {
  refuseArguments('check', args);
  await meetNeeds([npmPackages]);
  const startedAt = Date.now();
  const { passed, failed } = sum(await runCheckSteps());
  console.log(`${passed} passed, ${failed} failed (${secondsSince(startedAt)})`);
  return failed === 0 ? 0 : 1;
}
