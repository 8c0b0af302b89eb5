import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { TlsFiles as PemFiles } from '@/e2e/world/agent';
import { makeCertificates } from '@/e2e/world/tls';
import { TlsFiles } from '@/server/consul/tls-files';

let root: string;
let ours: PemFiles;
let strange: PemFiles;
let server: tls.Server;
let used: PemFiles;
let nowMs: number;
let warnings: string[];

// The server takes only clients that our authority has signed.
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'lictor-tls-'));
  ours = await makeCertificates(`${root}/ours`, ['dc1']);
  strange = await makeCertificates(`${root}/strange`, ['dc1']);
  const [ca, cert, key] = await Promise.all([ours.ca, ours.cert, ours.key].map((file) => readFile(file)));
  if (!ca || !cert || !key) throw new Error('Three files were read.');
  const options = { ca, cert, key, requestCert: true, rejectUnauthorized: true };
  server = tls.createServer(options, (socket) => socket.on('error', () => {}).end('hello'));
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rm(root, { recursive: true });
});
beforeEach(async () => {
  const folder = await mkdtemp(`${root}/used-`);
  used = { ca: `${folder}/ca.pem`, cert: `${folder}/cert.pem`, key: `${folder}/key.pem` };
  await put(ours, 'ca', 'cert', 'key');
  nowMs = 0;
  warnings = [];
});

async function put(from: PemFiles, ...which: (keyof PemFiles)[]): Promise<void> {
  for (const one of which) await copyFile(from[one], used[one]);
}

function watched(caPath: string | null = null): TlsFiles {
  return new TlsFiles(
    {
      ...{ verify: true, certFile: used.cert, keyFile: used.key, serverName: null },
      ...{ caFile: caPath === null ? used.ca : null, caPath },
    },
    () => nowMs,
    (sentence) => warnings.push(sentence),
  );
}

/** Whether the server and these files accept each other now, a second after the last look. */
function accepted(files: TlsFiles): Promise<boolean> {
  nowMs += 1_000;
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve) => {
    const socket = tls.connect({ host: '127.0.0.1', port, ...files.current() });
    // Under TLS 1.3 a client learns only after its handshake that its certificate was refused.
    socket.once('data', () => resolve(true));
    socket.once('close', () => resolve(false));
    socket.on('error', () => {});
  });
}

test('a client certificate that was replaced is used for the next connection', async () => {
  await put(strange, 'cert', 'key');
  const files = watched();
  expect(await accepted(files)).toBe(false);
  await put(ours, 'cert', 'key');
  expect(await accepted(files)).toBe(true);
  expect(warnings).toEqual([]);
});

test('an authority that was replaced is trusted from the next connection on, and the old one no more', async () => {
  await put(strange, 'ca');
  const files = watched();
  expect(await accepted(files)).toBe(false);
  await put(ours, 'ca');
  expect(await accepted(files)).toBe(true);
  await put(strange, 'ca');
  expect(await accepted(files)).toBe(false);
});

test('an authority that is added to the folder is trusted', async () => {
  const folder = `${path.dirname(used.ca)}/authorities`;
  await mkdir(folder);
  await copyFile(strange.ca, `${folder}/strange.pem`);
  const files = watched(folder);
  expect(await accepted(files)).toBe(false);
  await copyFile(ours.ca, `${folder}/ours.pem`);
  expect(await accepted(files)).toBe(true);
});

test.each<[string, () => Promise<void>]>([
  ['is absent', () => rm(used.key)],
  ['does not fit the certificate', () => put(strange, 'key')],
  ['is no PEM', () => writeFile(used.key, 'nonsense')],
])('while a key %s the last good files stay, which is said once', async (_how, spoil) => {
  const files = watched();
  await spoil();
  expect(await accepted(files)).toBe(true);
  expect(await accepted(files)).toBe(true);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/^The certificate files for Consul .*last good ones.*\.$/);
  await put(strange, 'cert', 'key');
  expect(await accepted(files)).toBe(false);
  await put(ours, 'cert', 'key');
  expect(await accepted(files)).toBe(true);
  expect(warnings).toHaveLength(1);
});

test('files that cannot be used at the start are an error', () => {
  expect(
    () =>
      new TlsFiles(
        { verify: true, caFile: '/nowhere/ca.pem', caPath: null, certFile: null, keyFile: null, serverName: null },
        () => 0,
      ),
  ).toThrow('/nowhere/ca.pem');
});
