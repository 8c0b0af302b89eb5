import { readdirSync } from 'node:fs';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { projectPath } from '@/scripts/launcher/project.mjs';

/** Each file of `components/` is an entry of its own, so that nothing hides behind what a bundle leaves out. */
const components = readdirSync(projectPath('components'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|fixtures/.test(path))
  .map((path) => projectPath(`components/${path}`));

test('no component brings zod into a page: it is as large as a page, and tries what the content policy forbids', async () => {
  const { metafile } = await build({
    ...{ entryPoints: components, alias: { '@': projectPath('').replace(/\/$/, '') }, packages: 'external' },
    ...{ bundle: true, splitting: true, format: 'esm', jsx: 'automatic', loader: { '.css': 'empty' } },
    ...{ outdir: 'unwritten', write: false, metafile: true, logLevel: 'silent' },
  });
  const bringers = Object.entries(metafile.inputs).filter(([, { imports }]) =>
    imports.some(({ path }) => /^zod(\/|$)/.test(path)),
  );
  expect(bringers.map(([path]) => path)).toEqual([]);
});
