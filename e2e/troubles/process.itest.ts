import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { Spawned } from '@/e2e/harness/spawned';
import { onStage } from '@/e2e/harness/stage';
import { StreamReader } from '@/e2e/harness/stream-reader';
import { until } from '@/e2e/world/until';

test('a bad setting is one line that names it, with no secret in it, and status 2', async () => {
  const secret = 'f0e1d2c3-secret-token';
  const lictor = new Spawned('server/main.ts', { CONSUL_HTTP_TOKEN: secret, LOG_LEVEL: 'loud' });
  expect(await lictor.ended).toEqual({ status: 2, signal: null });
  expect(lictor.stderr).toMatch(/^LOG_LEVEL .+\n$/);
  expect(lictor.stdout + lictor.stderr).not.toContain(secret);
});

test('a port that is taken is one line that names PORT, and status 2', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as AddressInfo;
  try {
    const env = { PORT: String(port), CONSUL_HTTP_ADDR: `127.0.0.1:${port}`, LOG_LEVEL: 'fatal' };
    const lictor = new Spawned('server/main.ts', env);
    expect(await lictor.ended).toEqual({ status: 2, signal: null });
    expect(lictor.stderr).toMatch(new RegExp(`^PORT ${port} .+\\n$`));
  } finally {
    taken.close();
  }
});

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
