import { type ResourceLimits, Worker } from 'node:worker_threads';
import { backoffMs } from '@/server/consul/backoff';
import { RecordError } from '@/server/history/record-store';
import type { Call, CallTarget, Report, ThreadTask } from './messages';
import { threadProgram } from './thread-program';

/** A thread that needs more is ended rather than the process, MB; its young objects die young. */
const MEMORY: ResourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 4 };

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: RecordError) => void;
}

export interface ThreadOptions {
  readonly memory?: ResourceLimits;
  /** After so long without a call, ms, the thread ends, and its memory with it; the next call starts another. Absent: it stays. */
  readonly restAfterMs?: number;
}

/** One thread and the calls that wait for its answers. A thread that ends by itself fails them, and is started anew by a later call. */
export class RecordThread {
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #nextId = 1;
  #failures = 0;
  #notBeforeMs = 0;
  #closed = false;
  #rest: NodeJS.Timeout | undefined;

  constructor(
    private readonly task: ThreadTask,
    private readonly notice: (sentence: string) => void,
    private readonly options: ThreadOptions = {},
  ) {}

  /** Whether there is a thread now. */
  get runs(): boolean {
    return this.#worker !== null;
  }

  /** Rejects with a RecordError. */
  call(method: string, args: readonly unknown[], of: CallTarget = 'record'): Promise<unknown> {
    clearTimeout(this.#rest);
    return new Promise((resolve, reject) => {
      if (this.#closed) {
        reject(new RecordError('failed', 'The history is closed: Lictor is ending.'));
        return;
      }
      if (this.#worker === null && performance.now() < this.#notBeforeMs) {
        reject(new RecordError('failed', 'The thread that keeps the history ended a moment ago, and is started anew.'));
        return;
      }
      this.#worker ??= this.#start();
      const id = this.#nextId;
      this.#nextId += 1;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, of, method, args } satisfies Call);
    });
  }

  /** Lets the thread finish what it is at, and ends it for good. */
  async close(): Promise<void> {
    const closing = this.#worker === null ? null : this.call('close', []).catch(() => {});
    this.#closed = true;
    await closing;
    await this.#end();
  }

  async #end(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }

  #start(): Worker {
    const { program, options } = threadProgram();
    const resourceLimits = this.options.memory ?? MEMORY;
    const worker = new Worker(program, { ...options, workerData: this.task, resourceLimits });
    let problem: unknown = null;
    worker.on('message', (message: Report) => this.#hear(message));
    worker.on('error', (error) => {
      problem = error;
    });
    worker.on('exit', () => {
      if (this.#worker === worker) this.#lose(problem);
    });
    return worker;
  }

  #hear(message: Report): void {
    if ('notice' in message) {
      this.notice(message.notice);
      return;
    }
    this.#failures = 0;
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if ('fault' in message) waiting?.reject(new RecordError(message.fault.code, message.fault.message));
    else waiting?.resolve(message.value);
    const { restAfterMs } = this.options;
    if (this.#waiting.size > 0 || restAfterMs === undefined) return;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => void this.#end(), restAfterMs).unref();
  }

  #lose(problem: unknown): void {
    this.#worker = null;
    this.#failures += 1;
    this.#notBeforeMs = performance.now() + backoffMs(this.#failures, Math.random());
    const why = problem instanceof Error ? ` (${problem.message})` : '';
    const error = new RecordError(
      'failed',
      `The thread that ${this.task.role === 'writer' ? 'writes' : 'reads'} the history ended${why}. It is started anew; what was written is safe.`,
    );
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
