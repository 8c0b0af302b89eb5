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
 * Everything that needs no server and no browser: what only reads the sources side by side, then the unit tests with the processors to themselves, since
 * some of them have deadlines.
 * @returns {Promise<import('./test-counts.mjs').Counts[]>}
 */
export async function runCheckSteps() {
  const readers = await Promise.all([
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
  ]);
  return [...readers.map((ok) => countStep(null, ok)), await unitTests()];
}

async function unitTests() {
  const file = freshReport('unit');
  // A process and a fresh module graph for each file costs four times as much as the tests themselves.
  const shared = ['--pool=threads', '--no-isolate'];
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`];
  const ok = await runQuietStep({
    title: 'unit tests',
    commands: [[bin('vitest'), 'run', '--project', 'unit', ...shared, ...reporters]],
  });
  const report = readReport(file);
  return countStep(report === null ? null : vitestCounts(report), ok);
}
