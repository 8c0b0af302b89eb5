// @ts-check
import { spawnSync } from 'node:child_process';
import { findOnPath } from './find-on-path.mjs';
import { LaunchError } from './launch-error.mjs';
import { runLogged } from './run-logged.mjs';

/** What the browser tests need of the system, and how to see that it is there. */
const systemPackages = [
  { name: 'chromium', isInstalled: () => findOnPath('chromium') !== null },
  { name: 'fontconfig', isInstalled: () => findOnPath('fc-list') !== null },
  // Without a font for them Chinese pages are rows of boxes, of another width.
  { name: 'fonts-noto-cjk', isInstalled: hasChineseFont },
];

/** @type {import('./need.mjs').Need} */
export const chromium = {
  name: 'Chromium',
  isMet: () => missing().length === 0,
  meet: installMissing,
};

function missing() {
  return systemPackages.filter((one) => !one.isInstalled()).map(({ name }) => name);
}

function hasChineseFont() {
  const fonts = spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' });
  return fonts.status === 0 && fonts.stdout.trim() !== '';
}

async function installMissing() {
  const packages = missing();
  const wanted = packages.join(' ');
  if (findOnPath('apt-get') === null) {
    throw new LaunchError(
      `The browser tests need ${packages.join(', ')}, and this machine has no apt to get them from. Install them and run this again.`,
    );
  }
  if (process.getuid?.() !== 0) {
    throw new LaunchError(
      `The browser tests need ${packages.join(', ')}, which only root can install. Run\n  sudo apt-get update && sudo apt-get install --no-install-recommends ${wanted}\nand then this again.`,
    );
  }
  const apt = { command: 'apt-get', env: { DEBIAN_FRONTEND: 'noninteractive' } };
  // A fresh machine's package lists are empty, an old one's name packages that are gone.
  await runLogged({ ...apt, title: 'Reading the package lists', log: 'apt-lists', args: ['update'] });
  await runLogged({
    ...apt,
    title: `Installing ${wanted}`,
    log: 'apt-install',
    args: ['install', '-y', '--no-install-recommends', ...packages],
    remedy: `Install ${packages.join(', ')} by hand and run this again.`,
  });
  const still = missing();
  if (still.length > 0) throw new LaunchError(`apt installed ${wanted}, yet ${still.join(', ')} cannot be found.`);
}
