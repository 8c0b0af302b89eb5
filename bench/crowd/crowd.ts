import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { projectPath } from '@/scripts/launcher/project.mjs';
import type { CrowdAnswer, CrowdOrder } from './crowd-orders';

/** A thousand stream clients in two processes, so that neither is busier than a core. */
export class Crowd {
  readonly #processes: ChildProcess[];

  constructor(processes: number) {
    this.#processes = Array.from({ length: processes }, () =>
      fork(projectPath('bench/crowd/crowd-process.ts'), { execArgv: ['--import', 'tsx'] }),
    );
  }

  open(address: string, path: string, clients: number): Promise<CrowdAnswer> {
    const port = Number(new URL(address).port);
    const share = Math.ceil(clients / this.#processes.length);
    return this.#tell({ what: 'open', clients: share, port, path });
  }

  storm(resuming: boolean): Promise<CrowdAnswer> {
    return this.#tell({ what: 'storm', resuming });
  }

  report(): Promise<CrowdAnswer> {
    return this.#tell({ what: 'report' });
  }

  close(): void {
    for (const child of this.#processes) if (child.connected) child.disconnect();
  }

  async #tell(order: CrowdOrder): Promise<CrowdAnswer> {
    const answers = await Promise.all(
      this.#processes.map(async (child) => {
        child.send(order);
        const [answer] = (await once(child, 'message')) as [CrowdAnswer | { failed: string }];
        if ('failed' in answer) throw new Error(answer.failed);
        return answer;
      }),
    );
    const sum = (of: (answer: CrowdAnswer) => number) => answers.reduce((total, answer) => total + of(answer), 0);
    return {
      tookMs: Math.max(...answers.map(({ tookMs }) => tookMs)),
      latenciesMs: answers.flatMap(({ latenciesMs }) => latenciesMs),
      open: sum(({ open }) => open),
      snapshots: sum(({ snapshots }) => snapshots),
      bytes: sum(({ bytes }) => bytes),
    };
  }
}
