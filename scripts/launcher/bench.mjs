// @ts-check
import { existsSync, readdirSync } from 'node:fs';
import { alertmanager } from './alertmanager.mjs';
import { chromium } from './chromium.mjs';
import { consul } from './consul.mjs';
import { haproxy } from './haproxy.mjs';
import { LaunchError } from './launch-error.mjs';
import { meetNeeds } from './need.mjs';
import { npmPackages } from './npm-packages.mjs';
import { productionBuild } from './production-build.mjs';
import { projectPath } from './project.mjs';
import { prometheus } from './prometheus.mjs';
import { runProgram } from './run-program.mjs';

/** `npm run bench [-- NAME [arguments]]`: each file directly in `bench/` is a benchmark. @param {string[]} args */
export async function bench(args) {
  const names = benchmarks();
  const [wanted, ...rest] = args;
  if (wanted !== undefined && !names.includes(wanted)) {
    throw new LaunchError(`There is no benchmark "${wanted}". Benchmarks: ${names.join(', ') || 'none yet'}.`);
  }
  await meetNeeds([npmPackages, consul, haproxy, prometheus, alertmanager, chromium, productionBuild('')]);
  for (const name of wanted === undefined ? names : [wanted]) {
    const status = await runProgram(process.execPath, ['--import', 'tsx', projectPath('bench', `${name}.ts`), ...rest]);
    if (status !== 0) return status;
  }
  return 0;
}

function benchmarks() {
  const folder = projectPath('bench');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}
