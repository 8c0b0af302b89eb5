// @ts-check
import { existsSync, readdirSync } from 'node:fs';
import { aptPackages } from './apt-packages.mjs';
import { findOnPath, isExecutable } from './find-on-path.mjs';

/** Where Debian puts the programs of each version, off the PATH. */
const VERSIONS = '/usr/lib/postgresql';

/** A program of PostgreSQL (`initdb`, `postgres`): the one on the PATH, else that of the newest version installed, else null. @param {string} name */
export function findPostgres(name) {
  const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS).sort((a, b) => Number(b) - Number(a)) : [];
  const installed = versions.map((version) => `${VERSIONS}/${version}/bin/${name}`).find(isExecutable);
  return findOnPath(name) ?? installed ?? null;
}

/** The tests start servers of their own, on ports of their own. */
export const postgres = aptPackages({
  name: 'PostgreSQL',
  who: 'The tests of the shared history',
  packages: [
    { name: 'postgresql', isInstalled: () => ['initdb', 'postgres'].every((name) => findPostgres(name) !== null) },
  ],
});
