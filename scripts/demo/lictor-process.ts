import { readFile } from 'node:fs/promises';
import { type SupervisedProcess, Supervisor } from '@/e2e/world/supervised';
import { until } from '@/e2e/world/until';
import { projectRoot } from '@/scripts/launcher/project.mjs';
import { serverArguments } from '@/scripts/launcher/server-arguments.mjs';

/** Longer than the server's own deadline for an orderly end. */
const END_DEADLINE_MS = 10_000;
const READY_DEADLINE_MS = 30_000;
const LOG_TAIL_LINES = 20;

/** The production server beside the demo's world, with a data folder that goes with it. */
export class LictorProcess {
  readonly address: string;
  readonly #supervisor = new Supervisor();
  readonly #process: Promise<SupervisedProcess>;

  /** @param consul the environment by which it finds Consul, and any setting */
  constructor(port: number, consul: Record<string, string>) {
    this.address = `http://127.0.0.1:${port}`;
    this.#process = this.#supervisor.start({
      command: process.execPath,
      args: serverArguments,
      cwd: projectRoot,
      env: {
        ...consul,
        NODE_ENV: 'production',
        HOST: '127.0.0.1',
        PORT: String(port),
        LICTOR_DATA_DIR: `${this.#supervisor.folder}/data`,
      },
      logFile: this.#logFile,
    });
  }

  /** Resolves once it has read every datacenter. Rejects with the end of its log when it ends before that. */
  async ready(): Promise<void> {
    const { ended } = await this.#process;
    const outcome = await Promise.race([
      until('Lictor to be ready', async () => (await fetch(`${this.address}/readyz`)).ok && 'ready', {
        deadlineMs: READY_DEADLINE_MS,
      }),
      ended,
    ]);
    if (outcome !== 'ready') throw new Error(`Lictor ended at its start. The end of its log:\n${await this.logTail()}`);
  }

  async pid(): Promise<number> {
    return (await this.#process).pid;
  }

  /** Resolves when it has ended, for whatever reason. */
  async ended(): Promise<void> {
    await (await this.#process).ended;
  }

  async logTail(): Promise<string> {
    const log = await readFile(this.#logFile, 'utf8');
    return log.trimEnd().split('\n').slice(-LOG_TAIL_LINES).join('\n');
  }

  /** Asks it to end, and makes it end if it does not. */
  async stop(): Promise<void> {
    const { pid, ended } = await this.#process;
    const deadline = setTimeout(() => void this.#supervisor.end(), END_DEADLINE_MS);
    try {
      process.kill(pid, 'SIGTERM');
    } catch {
      // It is gone already.
    }
    await ended;
    clearTimeout(deadline);
    await this.#supervisor.end();
  }

  get #logFile(): string {
    return `${this.#supervisor.folder}/lictor.log`;
  }
}
