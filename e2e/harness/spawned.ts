import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { dataFolder } from './data-folder';

const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** A program of the project in a process of its own, with nothing of this one's settings in its environment, and a data folder that goes with it. */
export class Spawned {
  stdout = '';
  stderr = '';
  readonly #child: ChildProcess;
  readonly ended: Promise<{ status: number | null; signal: string | null }>;

  /** @param program path from the project's root, or a whole one of what is bundled */
  constructor(program: string, env: Readonly<Record<string, string>>) {
    const folder = dataFolder();
    this.#child = spawn(process.execPath, [...(program.endsWith('.ts') ? ['--import', LOADER] : []), program], {
      cwd: PROJECT,
      env: {
        ...{ PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production' },
        ...{ LICTOR_DATA_DIR: folder.path, ...env },
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      this.stdout += chunk.toString();
    });
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.stderr += chunk.toString();
    });
    this.ended = new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('close', (status, signal) => {
        folder.remove();
        resolve({ status, signal });
      });
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}
