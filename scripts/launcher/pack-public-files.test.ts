import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { packPublicFiles } from './pack-public-files.mjs';

const TEXT = 'one and the same line\n'.repeat(100);

it('packs each file that grows smaller by it, in every folder, and no other', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lictor-packed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'chunks'));
  writeFileSync(join(folder, 'chunks/a.js'), TEXT);
  writeFileSync(join(folder, 'a.css'), TEXT);
  writeFileSync(join(folder, 'small.js'), 'a()');
  writeFileSync(join(folder, 'font.woff2'), TEXT);
  await packPublicFiles(folder);
  for (const name of ['chunks/a.js', 'a.css']) {
    expect(brotliDecompressSync(readFileSync(join(folder, `${name}.br`))).toString()).toBe(TEXT);
    expect(gunzipSync(readFileSync(join(folder, `${name}.gz`))).toString()).toBe(TEXT);
  }
  for (const name of ['small.js', 'font.woff2']) expect(existsSync(join(folder, `${name}.br`))).toBe(false);
});
