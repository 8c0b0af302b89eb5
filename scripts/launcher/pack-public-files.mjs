// @ts-check
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const brotliInPool = promisify(brotliCompress);
const gzipInPool = promisify(gzip);

/** What is packed already, as pictures and fonts are, grows by it. */
const PACKABLE = /\.(?:css|js|json|mjs|svg|txt|webmanifest)$/;
/** Below this an answer is one packet either way. */
const LEAST_BYTES = 1_024;
/** One less than the most: two tenths of a second for all of it, and not two. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/**
 * Writes beside each file that browsers fetch what goes over the wire instead of it, `.br` and `.gz`: a first visit fetches thirty of them, and packed anew each time
 * they would keep the server, and the first paint, waiting for longer than all the rest.
 * @param {string} folder
 */
export async function packPublicFiles(folder) {
  const names = await readdir(folder, { recursive: true });
  await Promise.all(names.filter((name) => PACKABLE.test(name)).map((name) => packFile(join(folder, name))));
}

/** @param {string} file */
async function packFile(file) {
  const { size } = await stat(file);
  if (size < LEAST_BYTES) return;
  const content = await readFile(file);
  await Promise.all([
    brotliInPool(content, BROTLI).then((packed) => writeFile(`${file}.br`, packed)),
    gzipInPool(content, { level: 9 }).then((packed) => writeFile(`${file}.gz`, packed)),
  ]);
}
