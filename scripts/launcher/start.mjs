// @ts-check
import { meetNeeds } from './need.mjs';
import { refuseArguments } from './no-arguments.mjs';
import { npmPackages } from './npm-packages.mjs';
import { productionBuild } from './production-build.mjs';
import { runProgram } from './run-program.mjs';
import { serverArguments } from './server-arguments.mjs';

/** `npm start`: the production server, which reads the environment itself. @param {string[]} args */
export async function start(args) {
  refuseArguments('start', args);
  await meetNeeds([npmPackages, productionBuild()]);
  return runProgram(process.execPath, serverArguments, {
    env: { ...process.env, NODE_ENV: 'production' },
  });
}
