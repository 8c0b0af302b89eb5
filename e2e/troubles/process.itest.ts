import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
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
      const lictor = stage.spawn('e2e/harness/api-process.ts', { PORT: '0', CONSUL_HTTP_ADDR: address });
      const url = await until('the address that it listens on', () => /"url":"([^"]+)"/.exec(lictor.stdout)?.[1]);
      const readers = await Promise.all(['fleet', 'nodes'].map((topic) => StreamReader.open(url, [topic])));
      await Promise.all(readers.map((reader) => reader.frame('its opening', ({ event }) => event === 'heartbeat')));
      // As browsers open them in advance: a connection on which no request was ever sent, and one on which half of one was.
      const [silent, half] = await Promise.all([connected(url), connected(url)]);
      half.write('GET /api/v1/fleet HTTP/1.1\r\nHost: local');
      const signalledAtMs = performance.now();
      lictor.signal(signal);
      expect(await lictor.ended).toEqual({ status: 0, signal: null });
      expect(performance.now() - signalledAtMs).toBeLessThan(5_000);
      silent.destroy();
      half.destroy();
      await until('the streams to end', () => readers.every(({ ended }) => ended));
      for (const reader of readers) expect(reader.frames.at(-1)).toMatchObject({ event: 'bye' });
    })(),
);

function connected(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => resolve(socket));
    socket.on('error', reject);
  });
}
