// @ts-check
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { LaunchError } from './launch-error.mjs';
import { packPublicFiles } from './pack-public-files.mjs';
import { projectPath, projectRoot } from './project.mjs';
import { runLogged } from './run-logged.mjs';
import { sourceHash } from './source-hash.mjs';

const stampFile = projectPath('dist/build-stamp');
const serverFile = projectPath('dist/server.mjs');

/**
 * Next's pages in `.next` and the server in `dist`, made anew when a source, a dependency or the base path has changed since.
 * @param {string | undefined} baseUrl LICTOR_BASE_URL, whose path Next writes into the pages
 * @returns {import('./need.mjs').Need}
 */
export function productionBuild(baseUrl = process.env.LICTOR_BASE_URL) {
  const hash = () => sourceHash(basePathOf(baseUrl));
  return {
    name: 'build',
    isMet: () =>
      existsSync(serverFile) &&
      existsSync(projectPath('.next/BUILD_ID')) &&
      existsSync(stampFile) &&
      readFileSync(stampFile, 'utf8') === hash(),
    async meet() {
      // Taken first: what is edited while it builds is built the next time.
      const builtFrom = hash();
      rmSync(stampFile, { force: true });
      await buildPages(baseUrl);
      await bundleServer();
      writeFileSync(stampFile, builtFrom);
    },
  };
}

/** @param {string | undefined} baseUrl */
function basePathOf(baseUrl) {
  if (baseUrl === undefined || baseUrl === '') return '';
  if (!URL.canParse(baseUrl)) throw new LaunchError(`LICTOR_BASE_URL is not a URL: ${baseUrl}`);
  return new URL(baseUrl).pathname.replace(/\/+$/, '');
}

/** @param {string | undefined} baseUrl */
async function buildPages(baseUrl) {
  await runLogged({
    title: 'Building the pages',
    log: 'next-build',
    command: projectPath('node_modules/.bin/next'),
    args: ['build'],
    env: {
      NEXT_TELEMETRY_DISABLED: '1',
      NODE_ENV: 'production',
      LICTOR_BASE_URL: baseUrl === '' ? undefined : baseUrl,
    },
  });
  removePublishedSources();
  await packPublicFiles(projectPath('.next/static'));
}

/** Turbopack puts the TypeScript source of a worker among the public files, beside the compiled one that is used. */
function removePublishedSources() {
  const folder = projectPath('.next/static/media');
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (/\.tsx?$/.test(name)) rmSync(`${folder}/${name}`);
  }
}

/** What stays outside a bundle: what is native or asks for what is, and what finds files of its own beside itself. */
const OUTSIDE = ['better-sqlite3', 'pg', 'next', 'pino'];

async function bundleServer() {
  try {
    await bundleProcess('server/main.ts', projectPath('dist'));
  } catch (error) {
    throw new LaunchError(`Bundling the server failed: ${error instanceof Error ? error.message : String(error)}`, 1);
  }
}

/**
 * Makes `server.mjs` of a program, and beside it the program of its threads.
 * @param {string} entryPoint its path from the project's root
 * @param {string} folder inside the project, where its packages are found
 */
export async function bundleProcess(entryPoint, folder) {
  // Not before the npm packages are known to be there.
  const { build } = await import('esbuild');
  mkdirSync(folder, { recursive: true });

  /** @type {import('esbuild').BuildOptions} */
  const common = {
    absWorkingDir: projectRoot,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: true,
    logLevel: 'silent',
    external: OUTSIDE,
    // Packages that are CommonJS ask for Node's own modules by it.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module';\nconst require = requireOf(import.meta.url);",
    },
  };
  // Where its packages are in one file with it a thread begins twice as fast, and a process a third of a second sooner.
  await Promise.all([
    build({ ...common, entryPoints: [entryPoint], outfile: `${folder}/server.mjs` }),
    build({
      ...common,
      entryPoints: ['server/history/threads/thread.ts'],
      outfile: `${folder}/history-thread.mjs`,
    }),
  ]);
}
