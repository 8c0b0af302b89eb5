import { type Generations, NotedGenerations } from './generations';
import { workerName } from './worker-name';
import type { FromWorker, WorkerPort } from './worker-protocol';

export interface WorkerHandlers {
  onSaid(said: FromWorker): void;
  /** Its script cannot be loaded, or may not run here. */
  onFailure(): void;
}

/** The worker that the tabs of a browser share, as one tab reaches it. */
export interface SharedWorkerAccess {
  readonly generations: Generations;
  /** Makes the worker of a generation, or joins it. Throws where the browser refuses at once. */
  join(generation: number, handlers: WorkerHandlers): WorkerPort;
}

/** null where the browser has no such workers. `basePath` is the path prefix that Lictor is served under. */
export function browserSharedWorker(basePath: string): SharedWorkerAccess | null {
  if (typeof SharedWorker === 'undefined') return null;
  return {
    generations: new NotedGenerations(() => localStorage, `lictor.stream-worker:${basePath}`),
    join: (generation, handlers) => {
      // The bundler finds the script by this very form.
      const worker = new SharedWorker(new URL('./stream-worker.ts', import.meta.url), {
        type: 'module',
        name: workerName(generation, basePath),
      });
      worker.addEventListener('error', () => handlers.onFailure());
      const { port } = worker;
      port.addEventListener('message', (event: MessageEvent<FromWorker>) => handlers.onSaid(event.data));
      port.start();
      return { post: (said) => port.postMessage(said), close: () => port.close() };
    },
  };
}
