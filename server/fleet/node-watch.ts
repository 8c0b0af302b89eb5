import { decodeNodes } from '@/server/consul/decode/catalog-nodes';
import type { ConsulCheck } from '@/server/consul/decode/check';
import { decodeChecks } from '@/server/consul/decode/health-state';
import type { ConsulNode } from '@/server/consul/decode/node';
import { watch } from '@/server/consul/watch';
import type { Watch, WatchChange, WatchOptions } from '@/server/consul/watch-options';
import { observedNode } from './observed';
import type { WatchContext } from './watch-context';

/** At most one read of all node checks in this time: each answer costs Consul a filter over every check of the datacenter. */
const NODE_CHECKS_REFILL_MS = 500;

/** The datacenter's nodes and the checks that are the nodes' own, joined. */
export class NodeWatch {
  #nodes: readonly ConsulNode[] | null = null;
  #checks: ReadonlyMap<string, ConsulCheck[]> | null = null;
  readonly #watches: Watch[];
  #synced = false;

  constructor(
    private readonly context: WatchContext,
    private readonly onSynced: () => void,
  ) {
    this.#watches = [
      this.#watch('/v1/catalog/nodes', {}, decodeNodes, (change) => {
        context.unreadable(
          'nodes',
          change.value.failures.map(({ message }) => message),
        );
        this.#nodes = change.value.entries;
      }),
      this.#watch(
        '/v1/health/state/any',
        { query: { dc: context.dc, filter: 'ServiceID == ""' }, refillMs: NODE_CHECKS_REFILL_MS },
        decodeChecks,
        (change) => {
          context.unreadable(
            'node checks',
            change.value.failures.map(({ message }) => message),
          );
          this.#checks = byNode(change.value.entries);
        },
      ),
    ];
  }

  stop(): void {
    for (const running of this.#watches) running.stop();
  }

  retryNow(): void {
    for (const running of this.#watches) running.retryNow();
  }

  get size(): number {
    return this.#watches.length;
  }

  get notLive(): number {
    return this.#watches.filter((running) => running.state !== 'live').length;
  }

  #watch<Value>(
    path: string,
    more: Partial<WatchOptions<Value>>,
    decode: WatchOptions<Value>['decode'],
    take: (change: WatchChange<Value>) => void,
  ): Watch {
    const { context } = this;
    return watch<Value>({
      transport: context.transport,
      clock: context.clock,
      random: context.random,
      path,
      query: { dc: context.dc },
      decode,
      onChange: (change) => {
        take(change);
        this.#join(change);
      },
      onContact: (answer) => context.contacted(answer),
      onError: (error) => context.failed(error),
      ...more,
    });
  }

  #join(change: Pick<WatchChange<unknown>, 'atMs' | 'index' | 'merged'>): void {
    if (!this.#nodes || !this.#checks) return;
    const checks = this.#checks;
    const sighting = { at: this.context.clock.iso(change.atMs), afterGap: change.merged || !this.#synced };
    const nodes = this.#nodes.map((node) => observedNode(node, checks.get(node.Node) ?? []));
    this.context.store.seeNodes(this.context.dc, nodes, sighting, { index: change.index, merged: change.merged });
    if (this.#synced) return;
    this.#synced = true;
    this.onSynced();
  }
}

function byNode(checks: readonly ConsulCheck[]): Map<string, ConsulCheck[]> {
  const nodes = new Map<string, ConsulCheck[]>();
  for (const check of checks) {
    const own = nodes.get(check.Node);
    if (own) own.push(check);
    else nodes.set(check.Node, [check]);
  }
  return nodes;
}
