import { createServer } from 'node:net';
import { LaunchError } from '@/scripts/launcher/launch-error.mjs';

const FIRST_PORT = 3000;
const TRIES = 100;

/**
 * The port that was asked for, or, for null, the first free one from `firstPort` on.
 *
 * @throws LaunchError when it, or all of them, cannot be listened on
 */
export async function choosePort(asked: number | null, firstPort = FIRST_PORT): Promise<number> {
  if (asked !== null) {
    if (await isFree(asked)) return asked;
    throw new LaunchError(
      `Port ${asked} cannot be listened on: it is taken, or not allowed. Choose another with --port.`,
    );
  }
  for (let port = firstPort; port < firstPort + TRIES; port += 1) if (await isFree(port)) return port;
  throw new LaunchError(`No port from ${firstPort} to ${firstPort + TRIES - 1} is free. Choose one with --port.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
