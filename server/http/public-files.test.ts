import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { publicFiles } from './public-files';

const SCRIPT = 'console.log("one and the same line");\n'.repeat(100);

let folder: string;
let app: FastifyInstance;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lictor-public-'));
  mkdirSync(join(folder, '.next/static/chunks'), { recursive: true });
  writeFileSync(join(folder, '.next/static/chunks/large.js'), SCRIPT);
  writeFileSync(join(folder, '.next/static/chunks/large.js.br'), brotliCompressSync(SCRIPT));
  writeFileSync(join(folder, '.next/static/chunks/large.js.gz'), gzipSync(SCRIPT));
  writeFileSync(join(folder, '.next/static/chunks/small.css'), 'a{}');
  writeFileSync(join(folder, '.next/secret.js'), 'secret');
  app = Fastify();
  await app.register(publicFiles, { pagesDir: folder, prefix: '/base' });
});
afterEach(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const get = (path: string, encodings = 'gzip, deflate, br') =>
  app.inject({ url: `/base/_next/static/${path}`, headers: { 'accept-encoding': encodings } });

it('gives a file as it was packed at the build, to be kept for ever', async () => {
  const answer = await get('chunks/large.js');
  expect(answer.headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': expect.stringContaining('javascript'),
    'cache-control': 'public, max-age=31536000, immutable',
  });
  expect(brotliDecompressSync(answer.rawPayload).toString()).toBe(SCRIPT);
});

it('gives each browser what it can unpack', async () => {
  const gzipped = await get('chunks/large.js', 'gzip');
  expect(gzipped.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(gzipped.rawPayload).toString()).toBe(SCRIPT);
  const plain = await get('chunks/large.js', 'identity');
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(plain.body).toBe(SCRIPT);
});

it('gives what was not packed as it is', async () => {
  const answer = await get('chunks/small.css');
  expect(answer.headers['content-encoding']).toBeUndefined();
  expect(answer.body).toBe('a{}');
});

it('gives nothing that the build did not make for browsers', async () => {
  expect((await get('chunks/none.js')).statusCode).toBe(404);
  for (const path of ['../secret.js', '..%2fsecret.js', '%2e%2e/secret.js', 'chunks/', '']) {
    const { statusCode, body } = await get(path);
    expect(`${statusCode} ${body.includes('secret();') || body === 'secret'}`).toMatch(/^(?:400|403|404) false$/);
  }
});

it('is absent where no pages were built', async () => {
  const bare = Fastify();
  await bare.register(publicFiles, { pagesDir: tmpdir() });
  expect((await bare.inject('/_next/static/chunks/large.js')).statusCode).toBe(404);
  await bare.close();
});
