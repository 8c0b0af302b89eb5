import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Spawned } from '@/e2e/harness/spawned';
import { onStage } from '@/e2e/harness/stage';
import { StreamReader } from '@/e2e/harness/stream-reader';
import { until } from '@/e2e/world/until';

const SECRET = 'f0e1d2c3-secret-token';
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lictor-settings-'));
  await writeFile(join(folder, 'broken.json'), '{"version": ');
  await writeFile(join(folder, 'misspelt.json'), '{"verison": {}}');
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test.concurrent.each<[string, string, Record<string, string>]>([
  ['a port that is no number', 'PORT', { PORT: 'http' }],
  ['a port out of range', 'PORT', { PORT: '65536' }],
  ['a host that others reach, without sign-in', 'HOST', { HOST: '0.0.0.0' }],
  ['a base URL that is none', 'LICTOR_BASE_URL', { LICTOR_BASE_URL: 'ops.example.org' }],
  ['an address that is none', 'CONSUL_HTTP_ADDR', { CONSUL_HTTP_ADDR: 'http://[::1' }],
  ['an address with a path', 'CONSUL_HTTP_ADDR', { CONSUL_HTTP_ADDR: 'http://127.0.0.1:8500/v1' }],
  ['a boolean that is none', 'CONSUL_HTTP_SSL', { CONSUL_HTTP_SSL: 'yes' }],
  ['a token file that is not there', 'CONSUL_HTTP_TOKEN_FILE', { CONSUL_HTTP_TOKEN_FILE: '/nowhere/token' }],
  ['an authority that is not there', 'CONSUL_CACERT', { CONSUL_CACERT: '/nowhere/ca.pem' }],
  ['too few connections', 'LICTOR_CONSUL_MAX_CONNECTIONS', { LICTOR_CONSUL_MAX_CONNECTIONS: '2' }],
  ['an unknown way to sign in', 'LICTOR_AUTH', { LICTOR_AUTH: 'kerberos' }],
  ['an unknown level', 'LOG_LEVEL', { LOG_LEVEL: 'loud' }],
  ['a certificate without its key', 'LICTOR_TLS_KEY', { LICTOR_TLS_CERT: 'package.json' }],
  ['a configuration that is no JSON', 'LICTOR_CONFIG', { LICTOR_CONFIG: 'broken.json' }],
  ['a key that the configuration does not know', 'LICTOR_CONFIG', { LICTOR_CONFIG: 'misspelt.json' }],
])('%s is one line that names %s, and status 2', async (_, variable, env) => {
  const config = env.LICTOR_CONFIG === undefined ? {} : { LICTOR_CONFIG: join(folder, env.LICTOR_CONFIG) };
  const lictor = new Spawned('e2e/harness/api-process.ts', { CONSUL_HTTP_TOKEN: SECRET, ...env, ...config });
  expect(await lictor.ended).toEqual({ status: 2, signal: null });
  expect(lictor.stderr).toMatch(new RegExp(`^${variable} .+\\n$`));
  expect(lictor.stdout + lictor.stderr).not.toContain(SECRET);
});

test.each(['server/main.ts', 'e2e/harness/api-process.ts'])(
  'a port that is taken is one line that names PORT, and status 2 (%s)',
  async (program) => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    try {
      const env = { PORT: String(port), CONSUL_HTTP_ADDR: `127.0.0.1:${port}`, LOG_LEVEL: 'fatal' };
      const lictor = new Spawned(program, env);
      expect(await lictor.ended).toEqual({ status: 2, signal: null });
      expect(lictor.stderr).toMatch(new RegExp(`^PORT ${port} .+\\n$`));
    } finally {
      taken.close();
    }
  },
);

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s ends the process within 5 s with status 0, and every open stream gets its bye',
  (signal) =>
    onStage(async (stage) => {
      const world = await stage.bareWorld(1);
      const { address } = world.consul('dc1');
      const lictor = new Spawned('e2e/harness/api-process.ts', { PORT: '0', CONSUL_HTTP_ADDR: address });
      const url = await until('the address that it listens on', () => /"url":"([^"]+)"/.exec(lictor.stdout)?.[1]);
      const readers = await Promise.all(['fleet', 'nodes'].map((topic) => StreamReader.open(url, [topic])));
      await Promise.all(readers.map((reader) => reader.frame('its opening', ({ event }) => event === 'heartbeat')));
      const signalledAtMs = performance.now();
      lictor.signal(signal);
      expect(await lictor.ended).toEqual({ status: 0, signal: null });
      expect(performance.now() - signalledAtMs).toBeLessThan(5_000);
      await until('the streams to end', () => readers.every(({ ended }) => ended));
      for (const reader of readers) expect(reader.frames.at(-1)).toMatchObject({ event: 'bye' });
    })(),
);
