// @ts-check
import { alertmanager } from './alertmanager.mjs';
import { consul } from './consul.mjs';
import { parseDemoFlags } from './demo-flags.mjs';
import { findOnPath } from './find-on-path.mjs';
import { haproxy } from './haproxy.mjs';
import { LaunchError } from './launch-error.mjs';
import { meetNeeds } from './need.mjs';
import { npmPackages } from './npm-packages.mjs';
import { productionBuild } from './production-build.mjs';
import { projectPath } from './project.mjs';
import { prometheus } from './prometheus.mjs';
import { runProgram } from './run-program.mjs';

/** `npm run demo`. What is wrong with the flags is said before anything is installed or built. @param {string[]} args */
export async function demo(args) {
  const flags = parseDemoFlags(args);
  if (flags.tls && findOnPath('openssl') === null) {
    throw new LaunchError(
      '--tls needs openssl to make certificates, and it is not installed. Install it and run this again.',
    );
  }
  // Served from the root of its port, whatever LICTOR_BASE_URL says about another server.
  await meetNeeds([npmPackages, consul, haproxy, prometheus, alertmanager, productionBuild('')]);
  return runProgram(process.execPath, ['--import', 'tsx', projectPath('scripts/demo/main.ts'), ...args]);
}
