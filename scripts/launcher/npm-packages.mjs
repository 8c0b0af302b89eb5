// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { aptPackages } from './apt-packages.mjs';
import { findOnPath } from './find-on-path.mjs';
import { projectPath } from './project.mjs';
import { runLogged } from './run-logged.mjs';

const lockFile = projectPath('package-lock.json');
/** What npm itself notes down of what it installed. */
const installedFile = projectPath('node_modules/.package-lock.json');
const stampFile = projectPath('node_modules/.lictor-stamp');

/** @type {import('./need.mjs').Need} */
export const npmPackages = {
  name: 'npm packages',
  isMet() {
    if (!existsSync(installedFile)) return false;
    if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lockHash()) return true;
    // A plain `npm install` leaves no stamp of ours, yet it may have installed just what the lock file says.
    if (!isInstalled(packagesIn(lockFile), packagesIn(installedFile))) return false;
    stamp();
    return true;
  },
  async meet() {
    try {
      await installPackages();
    } catch (error) {
      // better-sqlite3 comes ready made or is compiled here, so only a failure tells that compilers are needed.
      if (!/\bgyp ERR!/.test(String(error)) || (await compilers.isMet())) throw error;
      console.log('  better-sqlite3 has to be compiled, and this machine has no compilers for it');
      await compilers.meet();
      await installPackages();
    }
    stamp();
  },
};

/**
 * @typedef {{ version?: string, optional?: boolean, link?: boolean }} LockedPackage
 */

const compilers = aptPackages({
  name: 'compilers',
  who: 'Packages that are compiled',
  packages: ['python3', 'make', 'g++'].map((name) => ({ name, isInstalled: () => findOnPath(name) !== null })),
});

function installPackages() {
  return runLogged({
    title: 'Installing npm packages',
    log: 'npm-packages',
    command: 'npm',
    // Development packages build and test it: a NODE_ENV of production would leave them out.
    args: ['ci', '--include=dev'],
    env: headersOfNode(),
    remedy: 'Check that the npm registry can be reached, and run this again.',
  });
}

/**
 * Where Node's headers, which compiling takes, lie beside Node itself; without a word they would be fetched from the network.
 * @returns {Record<string, string>}
 */
function headersOfNode() {
  const folder = dirname(dirname(realpathSync(process.execPath)));
  const isGiven = process.env.npm_config_nodedir !== undefined;
  return isGiven || !existsSync(`${folder}/include/node/node.h`) ? {} : { npm_config_nodedir: folder };
}

/**
 * Whether everything that is locked is installed in its version. An optional package of another platform may be missing.
 * @param {Record<string, LockedPackage>} locked @param {Record<string, LockedPackage>} installed by path
 */
export function isInstalled(locked, installed) {
  return Object.entries(locked).every(([path, wanted]) => {
    if (path === '') return true;
    const found = installed[path];
    return found === undefined ? wanted.optional === true : found.version === wanted.version;
  });
}

/** @param {string} file @returns {Record<string, LockedPackage>} */
function packagesIn(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}

function lockHash() {
  return createHash('sha256').update(readFileSync(lockFile)).digest('hex');
}

function stamp() {
  writeFileSync(stampFile, lockHash());
}
