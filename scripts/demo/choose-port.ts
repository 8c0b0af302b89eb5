import { createServer } from 'node:net';

const FIRST_PORT = 3000;
const TRIES = 100;

/** The port that was asked for, or the first free one from 3000 on. @throws an Error with one sentence when there is none. */
export async function choosePort(asked: number | null): Promise<number> {
  if (asked !== null) {
    if (await isFree(asked)) return asked;
    throw new Error(`Port ${asked} cannot be listened on: it is taken, or not allowed. Choose another with --port.`);
  }
  for (let port = FIRST_PORT; port < FIRST_PORT + TRIES; port += 1) if (await isFree(port)) return port;
  throw new Error(`No port from ${FIRST_PORT} to ${FIRST_PORT + TRIES - 1} is free. Choose one with --port.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
