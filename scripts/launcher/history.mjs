// @ts-check
import { meetNeeds } from './need.mjs';
import { npmPackages } from './npm-packages.mjs';
import { projectPath } from './project.mjs';
import { runProgram } from './run-program.mjs';

/** `npm run history -- export|import|vacuum|verify`: what is done to a record while no page is needed. @param {string[]} args */
export async function history(args) {
  await meetNeeds([npmPackages]);
  return runProgram(process.execPath, ['--import', 'tsx', projectPath('server/history/command/main.ts'), ...args]);
}
