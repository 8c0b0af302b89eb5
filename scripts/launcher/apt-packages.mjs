// @ts-check
import { findOnPath } from './find-on-path.mjs';
import { LaunchError } from './launch-error.mjs';
import { runLogged } from './run-logged.mjs';

/**
 * Packages of the system, and how to see that each is there.
 * @typedef {{ name: string, isInstalled: () => boolean }} SystemPackage
 */

/**
 * @param {{ name: string, who: string, packages: SystemPackage[] }} wanted `who` needs them: the beginning of a sentence
 * @returns {import('./need.mjs').Need}
 */
export function aptPackages({ name, who, packages }) {
  const missing = () => packages.filter((one) => !one.isInstalled()).map((one) => one.name);
  return {
    name,
    isMet: () => missing().length === 0,
    async meet() {
      const wanted = missing();
      await installByApt(who, wanted);
      const still = missing();
      if (still.length > 0) {
        throw new LaunchError(`apt installed ${wanted.join(' ')}, yet ${still.join(', ')} cannot be found.`);
      }
    },
  };
}

/** @param {string} who @param {string[]} packages */
async function installByApt(who, packages) {
  const wanted = packages.join(' ');
  if (findOnPath('apt-get') === null) {
    throw new LaunchError(
      `${who} need ${packages.join(', ')}, and this machine has no apt to get them from. Install them and run this again.`,
    );
  }
  if (process.getuid?.() !== 0) {
    throw new LaunchError(
      `${who} need ${packages.join(', ')}, which only root can install. Run\n  sudo apt-get update && sudo apt-get install --no-install-recommends ${wanted}\nand then this again.`,
    );
  }
  // In runlevel 1 a package starts no service: a test starts its own.
  const apt = { command: 'apt-get', env: { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' } };
  // A fresh machine's package lists are empty, an old one's name packages that are gone.
  await runLogged({ ...apt, title: 'Reading the package lists', log: 'apt-lists', args: ['update'] });
  await runLogged({
    ...apt,
    title: `Installing ${wanted}`,
    log: 'apt-install',
    args: ['install', '-y', '--no-install-recommends', ...packages],
    remedy: `Install ${packages.join(', ')} by hand and run this again.`,
  });
}
