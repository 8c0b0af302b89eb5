// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { projectPath } from './project.mjs';

const FOLDERS = ['app', 'components', 'lib', 'server', 'public'];
const FILES = [
  'package-lock.json',
  'package.json',
  'tsconfig.json',
  'next.config.ts',
  'next.config.mjs',
  'postcss.config.mjs',
  'proxy.ts',
  'instrumentation.ts',
];

/**
 * One hash over everything that the build is made from.
 * @param {string} basePath the path under which pages are served, which Next writes into them
 */
export function sourceHash(basePath) {
  const hash = createHash('sha256').update(`node ${process.versions.node}\n${basePath}\n`);
  for (const file of sources())
    hash
      .update(`${file}\0`)
      .update(readFileSync(projectPath(file)))
      .update('\0');
  return hash.digest('hex');
}

/** @returns {string[]} paths from the project's root, in a fixed order */
function sources() {
  const inFolders = FOLDERS.filter((folder) => existsSync(projectPath(folder))).flatMap((folder) =>
    readdirSync(projectPath(folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => `${entry.parentPath}/${entry.name}`.slice(projectPath('').length)),
  );
  return [...FILES.filter((file) => existsSync(projectPath(file))), ...inFolders.sort()];
}
