// @ts-check
import { mkdirSync, rmSync } from 'node:fs';
import { projectPath } from './project.mjs';
import { runQuietStep } from './quiet-step.mjs';
import { countStep, readReport, vitestCounts } from './test-counts.mjs';

/** @param {string} name of a program that an npm package brings */
export function bin(name) {
  return projectPath('node_modules/.bin', name);
}

/** Where a runner writes its report; what an earlier run left there is deleted. @param {string} name */
export function freshReport(name) {
  mkdirSync(projectPath('.cache/reports'), { recursive: true });
  const file = projectPath('.cache/reports', `${name}.json`);
  rmSync(file, { force: true });
  return file;
}

/**
 * Everything that needs no server and no browser, side by side.
 * @returns {Promise<import('./test-counts.mjs').Counts[]>}
 */
export async function runCheckSteps() {
  const unitReport = freshReport('unit');
  const [style, types, unused, units] = await Promise.all([
    runQuietStep({ title: 'format, lint, boundaries', commands: [[bin('biome'), 'check', '--error-on-warnings']] }),
    runQuietStep({
      title: 'types',
      // Next's types of pages and styles first, or the compiler does not know them.
      commands: [
        [bin('next'), 'typegen'],
        [bin('tsc'), '--noEmit', '-p', '.'],
      ],
    }),
    runQuietStep({ title: 'unused code and dependencies', commands: [[bin('knip')]] }),
    runQuietStep({
      title: 'unit tests',
      commands: [
        [
          bin('vitest'),
          'run',
          '--project',
          'unit',
          '--reporter=default',
          '--reporter=json',
          `--outputFile.json=${unitReport}`,
        ],
      ],
    }),
  ]);
  const report = readReport(unitReport);
  return [
    ...[style, types, unused].map((ok) => countStep(null, ok)),
    countStep(report === null ? null : vitestCounts(report), units),
  ];
}
