import type { ElkLane } from '@/lib/topology/view/elk-lane';

export interface LaidOut {
  readonly id: string;
  readonly y?: number;
}

interface Answer {
  readonly id: number;
  readonly data?: { readonly children?: readonly LaidOut[] };
  readonly error?: unknown;
}

interface Waiting {
  readonly resolve: (children: readonly LaidOut[]) => void;
  readonly reject: (cause: Error) => void;
}

/** Lays lanes out beside the page: a thousand services take seconds, in which the page goes on living. Speaks to the kernel as the kernel's own client does. */
export class LayoutKernel {
  #worker: Worker | null = null;
  #asked = 0;
  readonly #waiting = new Map<number, Waiting>();

  /** Has the kernel loaded while there is nothing to lay out yet; it is large. */
  warmUp(): void {
    if (typeof Worker !== 'undefined') this.#started();
  }

  /** The children of a lane as the kernel places them. Fails where the browser gives it no worker, or its script cannot be loaded. */
  layOut(lane: ElkLane): Promise<readonly LaidOut[]> {
    return new Promise((resolve, reject) => {
      const worker = this.#started();
      this.#asked += 1;
      this.#waiting.set(this.#asked, { resolve, reject });
      worker.postMessage({ id: this.#asked, cmd: 'layout', graph: lane, layoutOptions: {}, options: {} });
    });
  }

  close(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#fail('The graph is no longer shown.');
  }

  #started(): Worker {
    if (this.#worker) return this.#worker;
    // The bundler finds the script by this very form.
    const worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => this.#take(data));
    worker.addEventListener('error', () => this.#fail('The script that lays the graph out cannot be loaded.'));
    worker.postMessage({ id: 0, cmd: 'register', algorithms: ['layered'] });
    this.#worker = worker;
    return worker;
  }

  #take({ id, data, error }: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(data?.children ?? []);
    else waiting?.reject(new Error('The graph could not be laid out.', { cause: error }));
  }

  #fail(why: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(why));
    this.#waiting.clear();
  }
}
