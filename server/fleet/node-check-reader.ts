import type { ConsulCheck } from '@/server/consul/decode/check';
import { decodeChecks } from '@/server/consul/decode/health-state';
import { read } from '@/server/consul/read';
import { healthNodePath } from '@/server/consul/service-path';
import type { WatchContext } from './watch-context';

/** Nodes whose checks are read at the same time at most. */
const MAX_CONCURRENT_READS = 2;
const READ_TIMEOUT_MS = 10_000;

export interface NodeChecks {
  readonly node: string;
  readonly checks: readonly ConsulCheck[];
  readonly index: number;
  readonly atMs: number;
}

/** Reads the checks of single nodes as soon as they are named, each at most once at a time. */
export class NodeCheckReader {
  readonly #wanted = new Set<string>();
  readonly #underWay = new Set<string>();
  readonly #end = new AbortController();

  constructor(
    private readonly context: WatchContext,
    private readonly onChecks: (answer: NodeChecks) => void,
  ) {}

  hurry(nodes: Iterable<string>): void {
    for (const node of nodes) this.#wanted.add(node);
    this.#pump();
  }

  stop(): void {
    this.#end.abort();
    this.#wanted.clear();
  }

  #pump(): void {
    for (const node of this.#wanted) {
      if (this.#underWay.size >= MAX_CONCURRENT_READS) return;
      if (this.#underWay.has(node)) continue;
      this.#wanted.delete(node);
      void this.#take(node);
    }
  }

  async #take(node: string): Promise<void> {
    const path = healthNodePath(node);
    if (path === null) return;
    const { transport, dc } = this.context;
    this.#underWay.add(node);
    try {
      const { value, answer } = await read(transport, {
        path,
        // Of the leader: another server may not know yet of the change that the node was named for.
        query: { dc, filter: 'ServiceID == ""' },
        timeoutMs: READ_TIMEOUT_MS,
        signal: this.#end.signal,
        decode: decodeChecks,
      });
      if (this.#end.signal.aborted || answer.index === null) return;
      this.context.contacted(answer);
      this.onChecks({ node, checks: value.entries, index: answer.index, atMs: answer.receivedAtMs });
    } catch (error) {
      // Not made again: the watch of all nodes' checks tells the same a little later.
      if (!this.#end.signal.aborted) this.context.failed(error as Error);
    } finally {
      this.#underWay.delete(node);
      this.#pump();
    }
  }
}
