// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { writeAptFolder } from './apt-folder.mjs';
import { readAptSources } from './apt-sources.mjs';
import { findOnPath, isExecutable } from './find-on-path.mjs';
import { LaunchError } from './launch-error.mjs';
import { projectPath } from './project.mjs';
import { runLogged } from './run-logged.mjs';

/** The last Debian suite that carries Consul. Its signing keys are in every later debian-archive-keyring. */
const SUITE = 'bullseye';
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const installedPath = projectPath('.cache/consul/usr/bin/consul');

/** The Consul binary to run: the one on the PATH, else the one that this project keeps for itself, else null. */
export function findConsul() {
  return findOnPath('consul') ?? (isExecutable(installedPath) ? installedPath : null);
}

/** @type {import('./need.mjs').Need} */
export const consul = {
  name: 'Consul',
  isMet: () => findConsul() !== null,
  meet: installConsul,
};

const byHand = 'Put a consul binary (1.8 or later) on the PATH and run this again.';

/** Unpacks Debian's package into `.cache/consul`: no root, nothing of the system changed, signatures checked by apt itself. */
async function installConsul() {
  if (findOnPath('apt-get') === null || findOnPath('dpkg-deb') === null) {
    throw new LaunchError(`Consul is not installed, and this machine has no apt to get it from. ${byHand}`);
  }
  mkdirSync(projectPath('.cache'), { recursive: true });
  const folder = mkdtempSync(projectPath('.cache/consul-download-'));
  try {
    const configFile = writeAptFolder(folder, suiteSources());
    const apt = { command: 'apt-get', cwd: folder, remedy: byHand };
    await runLogged({
      ...apt,
      title: 'Reading the package lists for Consul',
      log: 'consul-lists',
      args: ['-c', configFile, 'update'],
    });
    await runLogged({
      ...apt,
      title: 'Downloading Consul',
      log: 'consul',
      args: ['-c', configFile, 'download', 'consul'],
    });
    unpack(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** This suite of every mirror that the machine itself reads, as lines of a sources.list. */
function suiteSources() {
  const sources = debianMirrors().map(({ uri, signedBy }) => {
    const keyring = signedBy ?? (existsSync(KEYRING) ? KEYRING : null);
    return `deb ${keyring === null ? '' : `[signed-by=${keyring}] `}${uri} ${SUITE} main`;
  });
  if (sources.length > 0) return sources;
  throw new LaunchError(`Consul is not installed, and no Debian mirror is among this machine's apt sources. ${byHand}`);
}

/** Mirrors from which this machine gets its own suite; a `.../debian-security` does not carry whole suites. */
function debianMirrors() {
  const suite = /^VERSION_CODENAME=(\S+)/m.exec(osRelease())?.[1];
  const mirrors = readAptSources().filter(
    ({ uri, suites, components }) =>
      /^(https?|mirror\+\S*|file):/.test(uri) &&
      components.includes('main') &&
      suites.some((one) => one === suite || one === 'stable'),
  );
  return mirrors.filter(({ uri }, index) => mirrors.findIndex((other) => other.uri === uri) === index);
}

function osRelease() {
  return existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
}

/** @param {string} folder where the package was downloaded to */
function unpack(folder) {
  const deb = readdirSync(folder).find((name) => name.endsWith('.deb'));
  if (deb === undefined)
    throw new LaunchError(`apt said that it downloaded Consul, but there is no package. ${byHand}`);
  const unpacked = spawnSync('dpkg-deb', ['-x', `${folder}/${deb}`, `${folder}/consul`], { encoding: 'utf8' });
  if (unpacked.status !== 0)
    throw new LaunchError(`Consul's package does not unpack: ${unpacked.stderr.trim()}. ${byHand}`);
  // A rename, so that a second launcher never sees half a binary.
  rmSync(projectPath('.cache/consul'), { recursive: true, force: true });
  renameSync(`${folder}/consul`, projectPath('.cache/consul'));
}
