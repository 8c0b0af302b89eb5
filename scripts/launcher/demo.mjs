// @ts-check
import { consul } from './consul.mjs';
import { meetNeeds } from './need.mjs';
import { npmPackages } from './npm-packages.mjs';
import { productionBuild } from './production-build.mjs';
import { projectPath } from './project.mjs';
import { runProgram } from './run-program.mjs';

/** `npm run demo`. @param {string[]} args */
export async function demo(args) {
  // Served from the root of its port, whatever LICTOR_BASE_URL says about another server.
  await meetNeeds([npmPackages, consul, productionBuild('')]);
  return runProgram(process.execPath, ['--import', 'tsx', projectPath('scripts/demo/main.ts'), ...args]);
}
