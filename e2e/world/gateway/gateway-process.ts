import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { GatewayOptions, GatewayReply } from './gateway-messages';

export interface Gateway {
  port: number;
  /** Such as `http://127.0.0.1:20101`; `/metrics` is its own, all else goes to the service. */
  address: string;
  pid: number;
  close(): Promise<void>;
}

/**
 * Starts the gateway of one service in a process of its own, which ends with this one. Resolves when it has read the service's instances and its policy
 * document, and listens.
 */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const child = fork(fileURLToPath(new URL('./gateway-server.ts', import.meta.url)), {
    execArgv: ['--import', loader],
    // A Ctrl-C in the terminal is for the program that uses the gateway.
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const close = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  try {
    const port = await listening(child, options);
    return { port, address: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function listening(child: ChildProcess, options: GatewayOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('message', (reply) => {
      const said = reply as GatewayReply;
      if ('port' in said) resolve(said.port);
      else reject(new Error(`The gateway of ${options.service} cannot start: ${said.error}.`));
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`The gateway of ${options.service} has ended at its start.`)));
    child.send(options, (error) => error && reject(error));
  });
}
