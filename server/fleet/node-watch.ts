import { decodeNodes } from '@/server/consul/decode/catalog-nodes';
import type { ConsulCheck } from '@/server/consul/decode/check';
import { decodeChecks } from '@/server/consul/decode/health-state';
import type { ConsulNode } from '@/server/consul/decode/node';
import type { ConsulAnswer } from '@/server/consul/transport';
import { watch } from '@/server/consul/watch';
import type { Watch, WatchChange, WatchOptions } from '@/server/consul/watch-options';
import { NodeCheckReader, type NodeChecks } from './node-check-reader';
import { observedNode } from './observed';
import { NODE_CHECKS_REFILL_MS } from './plan-pace';
import type { WatchContext } from './watch-context';

const NODE_CHECKS_BURST = 4;

/** The datacenter's nodes and the checks that are the nodes' own, joined. */
export class NodeWatch {
  #nodes: readonly ConsulNode[] | null = null;
  #checks: ReadonlyMap<string, readonly ConsulCheck[]> | null = null;
  #checksIndex = 0;
  /** Checks of single nodes that were read since. */
  readonly #newer = new Map<string, NodeChecks>();
  readonly #reader: NodeCheckReader;
  readonly #watches: Watch[];
  #synced = false;

  constructor(
    private readonly context: WatchContext,
    private readonly onSynced: () => void,
    /** Told the nodes whose address is another than before: it is that of instances without one of their own. */
    onMoved: (nodes: readonly string[]) => void,
  ) {
    this.#reader = new NodeCheckReader(context, (answer) => this.#takeRead(answer));
    this.#watches = [
      this.#watch('/v1/catalog/nodes', { onContact: (answer) => this.#listed(answer) }, decodeNodes, (change) => {
        context.unreadable(
          'nodes',
          change.value.failures.map(({ message }) => message),
        );
        const moved = movedBetween(this.#nodes ?? [], change.value.entries);
        this.#nodes = change.value.entries;
        if (moved.length > 0) onMoved(moved);
      }),
      this.#watch(
        '/v1/health/state/any',
        {
          query: { dc: context.dc, filter: 'ServiceID == ""' },
          burst: NODE_CHECKS_BURST,
          refillMs: NODE_CHECKS_REFILL_MS,
        },
        decodeChecks,
        (change) => {
          context.unreadable(
            'node checks',
            change.value.failures.map(({ message }) => message),
          );
          this.#takeAll(byNode(change.value.entries), change);
        },
      ),
    ];
  }

  /** A check of these nodes changed its status. */
  hurry(nodes: Iterable<string>): void {
    this.#reader.hurry(nodes);
  }

  stop(): void {
    this.#reader.stop();
    for (const running of this.#watches) running.stop();
  }

  retryNow(): void {
    for (const running of this.#watches) running.retryNow();
  }

  readAgain(): void {
    for (const running of this.#watches) running.readAgain();
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
      ...(context.waitMs && { waitMs: context.waitMs }),
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

  #listed(answer: ConsulAnswer): void {
    this.context.contacted(answer);
    this.context.listed('nodes', answer.filteredByAcls);
  }

  #takeAll(checks: ReadonlyMap<string, readonly ConsulCheck[]>, { index, previousIndex }: WatchChange<unknown>): void {
    this.#checks = checks;
    this.#checksIndex = index ?? 0;
    const lostState = this.#checksIndex < (previousIndex ?? 0);
    for (const [node, read] of this.#newer) if (lostState || read.index <= this.#checksIndex) this.#newer.delete(node);
  }

  #takeRead(read: NodeChecks): void {
    if (!this.#checks || read.index <= Math.max(this.#checksIndex, this.#newer.get(read.node)?.index ?? 0)) return;
    this.#newer.set(read.node, read);
    // Between two reads anything may have happened and gone again.
    this.#join({ atMs: read.atMs, index: read.index, merged: true });
  }

  #join(change: Pick<WatchChange<unknown>, 'atMs' | 'index' | 'merged'>): void {
    if (!this.#nodes || !this.#checks) return;
    const checks = this.#checks;
    const sighting = { at: this.context.clock.iso(change.atMs), afterGap: change.merged || !this.#synced };
    const nodes = this.#nodes.map((node) =>
      observedNode(node, this.#newer.get(node.Node)?.checks ?? checks.get(node.Node) ?? []),
    );
    this.context.store.seeNodes(this.context.dc, nodes, sighting, { index: change.index, merged: change.merged });
    if (this.#synced) return;
    this.#synced = true;
    this.onSynced();
  }
}

function movedBetween(before: readonly ConsulNode[], after: readonly ConsulNode[]): string[] {
  const addresses = new Map(before.map(({ Node, Address }) => [Node, Address]));
  return after
    .filter(({ Node, Address }) => addresses.has(Node) && addresses.get(Node) !== Address)
    .map(({ Node }) => Node);
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
