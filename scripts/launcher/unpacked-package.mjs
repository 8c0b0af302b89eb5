// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { writeAptFolder } from './apt-folder.mjs';
import { findOnPath, isExecutable } from './find-on-path.mjs';
import { LaunchError } from './launch-error.mjs';
import { projectPath } from './project.mjs';
import { runLogged } from './run-logged.mjs';

/**
 * A program of the system, and what its environment has to hold so that it finds its libraries.
 * @typedef {{ command: string, env: Record<string, string> }} FoundProgram
 */

/**
 * A program out of a package of the machine's own suite. The one that is installed comes first; else the package is unpacked below `.cache`, with the
 * libraries that the machine lacks: installed, it would bring a service that starts by itself.
 *
 * @param {{ title: string, packageName: string, program: string, withLibraries: boolean, atHome?: (folder: string) => void }} wanted
 *   `program`: its path in the package, without the first slash; `atHome`: what has to be done with what was unpacked, so that it runs in a folder of its own
 * @returns {{ need: import('./need.mjs').Need, find: () => FoundProgram | null }}
 */
export function unpackedPackage({ title, packageName, program, withLibraries, atHome }) {
  const folder = projectPath('.cache', packageName);
  const byHand = `Install ${packageName} by hand and run this again.`;

  function find() {
    const name = program.slice(program.lastIndexOf('/') + 1);
    // A user's PATH leaves out where the system keeps its servers.
    const installed = findOnPath(name) ?? (isExecutable(`/${program}`) ? `/${program}` : null);
    if (installed !== null) return { command: installed, env: {} };
    if (!isExecutable(`${folder}/${program}`)) return null;
    return { command: `${folder}/${program}`, env: withLibraries ? { LD_LIBRARY_PATH: libraryFolders(folder) } : {} };
  }

  async function meet() {
    if (findOnPath('apt-get') === null || findOnPath('dpkg-deb') === null) {
      throw new LaunchError(`${title} is not installed, and this machine has no apt to get it from. ${byHand}`);
    }
    mkdirSync(projectPath('.cache'), { recursive: true });
    const download = mkdtempSync(projectPath('.cache', `${packageName}-download-`));
    try {
      const configFile = writeAptFolder(download, null);
      const apt = { command: 'apt-get', cwd: `${download}/archives`, remedy: byHand };
      const get = withLibraries
        ? ['install', '--yes', '--download-only', '--no-install-recommends', packageName]
        : ['download', packageName];
      await runLogged({
        ...apt,
        title: `Reading the package lists for ${title}`,
        log: `${packageName}-lists`,
        args: ['-c', configFile, 'update'],
      });
      await runLogged({
        ...apt,
        title: `Downloading ${title}`,
        log: packageName,
        args: ['-c', configFile, ...get],
      });
      unpack(`${download}/archives`, `${download}/unpacked`);
      atHome?.(`${download}/unpacked`);
      // A rename, so that a second launcher never sees half a program.
      rmSync(folder, { recursive: true, force: true });
      renameSync(`${download}/unpacked`, folder);
    } finally {
      rmSync(download, { recursive: true, force: true });
    }
    if (find() === null) throw new LaunchError(`The package ${packageName} holds no ${program}. ${byHand}`);
  }

  /** @param {string} archives @param {string} target */
  function unpack(archives, target) {
    const packages = readdirSync(archives).filter((name) => name.endsWith('.deb'));
    if (packages.length === 0)
      throw new LaunchError(`apt said that it downloaded ${title}, but there is none. ${byHand}`);
    for (const deb of packages) {
      const unpacked = spawnSync('dpkg-deb', ['-x', `${archives}/${deb}`, target], { encoding: 'utf8' });
      if (unpacked.status !== 0) throw new LaunchError(`${deb} does not unpack: ${unpacked.stderr.trim()}. ${byHand}`);
    }
  }

  return { need: { name: title, isMet: () => find() !== null, meet }, find };
}

/** Debian keeps libraries in a folder for each architecture. @param {string} folder */
function libraryFolders(folder) {
  const libraries = `${folder}/usr/lib`;
  const architectures = existsSync(libraries) ? readdirSync(libraries).filter((name) => name.includes('-linux-')) : [];
  return architectures.map((name) => `${libraries}/${name}`).join(':');
}
