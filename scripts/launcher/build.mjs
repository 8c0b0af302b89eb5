// @ts-check
import { meetNeeds } from './need.mjs';
import { refuseArguments } from './no-arguments.mjs';
import { npmPackages } from './npm-packages.mjs';
import { productionBuild } from './production-build.mjs';

/** `npm run build`. @param {string[]} args */
export async function build(args) {
  refuseArguments('build', args);
  await meetNeeds([npmPackages, productionBuild()]);
  console.log('The build is up to date.');
  return 0;
}
