// @ts-check
import { spawnSync } from 'node:child_process';
import { aptPackages } from './apt-packages.mjs';
import { findOnPath } from './find-on-path.mjs';

export const chromium = aptPackages({
  name: 'Chromium',
  who: 'The browser tests',
  packages: [
    { name: 'chromium', isInstalled: () => findOnPath('chromium') !== null },
    { name: 'fontconfig', isInstalled: () => findOnPath('fc-list') !== null },
    // Without a font for them Chinese pages are rows of boxes, of another width.
    { name: 'fonts-noto-cjk', isInstalled: hasChineseFont },
  ],
});

function hasChineseFont() {
  const fonts = spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' });
  return fonts.status === 0 && fonts.stdout.trim() !== '';
}
