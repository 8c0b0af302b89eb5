import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** How a supervised process ended. */
interface Ending {
  status: number | null;
  signal: string | null;
}

export interface SupervisedProcess {
  pid: number;
  ended: Promise<Ending>;
}

export interface Program {
  command: string;
  args: string[];
  logFile: string;
  /** The supervisor's folder by default. */
  cwd?: string;
  /** Added to this process's environment. */
  env?: Record<string, string>;
}

interface Waiter {
  started(pid: number): void;
  refused(reason: Error): void;
  ended(ending: Ending): void;
}

type Answer = { id: number; pid: number } | { id: number; error: string } | ({ id: number } & Ending);

/**
 * Runs processes that end with this one, whatever ends it, and owns the folder of their files. One a world; it leads a session of its own, so that
 * a Ctrl-C in the terminal reaches the program that decides what happens, not the agents behind its back.
 */
export class Supervisor {
  readonly folder = mkdtempSync(join(tmpdir(), `lictor-world-${process.pid}-`));
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  readonly #waiters = new Map<number, Waiter>();
  #lastId = 0;

  constructor() {
    const program = fileURLToPath(new URL('./supervisor.mjs', import.meta.url));
    this.#child = spawn(process.execPath, [program, this.folder], {
      detached: true,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#ended = new Promise((resolve) => this.#child.once('close', () => resolve()));
    this.#child.once('close', () => this.#refuseAll(new Error("The world's supervisor has ended.")));
    this.#child.once('error', (error) => this.#refuseAll(error));
    // A write to a supervisor that is gone fails here; `close` then tells everyone who waits.
    this.#child.stdin?.on('error', (error) => this.#refuseAll(error));
    if (this.#child.stdout !== null) {
      createInterface({ input: this.#child.stdout }).on('line', (line) => this.#hear(JSON.parse(line)));
    }
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Starts a program, its output appended to the log file. Rejects when it cannot be started. */
  start(program: Program): Promise<SupervisedProcess> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      let tellEnded: (ending: Ending) => void = () => undefined;
      const ended = new Promise<Ending>((resolveEnded) => {
        tellEnded = resolveEnded;
      });
      this.#waiters.set(id, {
        started: (pid) => resolve({ pid, ended }),
        refused: reject,
        ended: tellEnded,
      });
      this.#child.stdin?.write(`${JSON.stringify({ ...program, id })}\n`);
    });
  }

  /** Kills what still runs, removes the folder; resolves when both are done. */
  async end(): Promise<void> {
    this.#child.stdin?.end();
    await this.#ended;
  }

  #hear(answer: Answer): void {
    const waiter = this.#waiters.get(answer.id);
    if (waiter === undefined) return;
    if ('pid' in answer) {
      waiter.started(answer.pid);
      return;
    }
    this.#waiters.delete(answer.id);
    if ('error' in answer) waiter.refused(new Error(answer.error));
    else waiter.ended(answer);
  }

  #refuseAll(reason: Error): void {
    for (const waiter of this.#waiters.values()) {
      waiter.refused(reason);
      waiter.ended({ status: null, signal: 'SIGKILL' });
    }
    this.#waiters.clear();
  }
}
