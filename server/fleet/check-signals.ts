import type { ConsulCheck } from '@/server/consul/decode/check';
import { decodeChecks } from '@/server/consul/decode/health-state';
import { watch } from '@/server/consul/watch';
import type { Watch } from '@/server/consul/watch-options';
import type { WatchContext } from './watch-context';

/** What a change among the checks that do not pass is about: services by name, or everything on a node. */
export interface CheckSignal {
  readonly services: ReadonlySet<string>;
  readonly nodes: ReadonlySet<string>;
}

/** Whose checks appeared, went or changed between two lists of one status. */
export function signalBetween(before: readonly ConsulCheck[], after: readonly ConsulCheck[]): CheckSignal {
  const mark = (check: ConsulCheck) => JSON.stringify([check.Node, check.CheckID, check.ServiceID, check.ModifyIndex]);
  const old = new Map(before.map((check) => [mark(check), check]));
  const now = new Map(after.map((check) => [mark(check), check]));
  const services = new Set<string>();
  const nodes = new Set<string>();
  const note = (check: ConsulCheck) => {
    if (check.ServiceID === '') nodes.add(check.Node);
    else services.add(check.ServiceName);
  };
  for (const [key, check] of old) if (!now.has(key)) note(check);
  for (const [key, check] of now) if (!old.has(key)) note(check);
  return { services, nodes };
}

/** Two waiting queries that see every fall and recovery of a whole datacenter, whatever its size. */
export class CheckSignals {
  readonly #watches: Watch[];

  constructor(context: WatchContext, onSignal: (signal: CheckSignal) => void) {
    this.#watches = (['critical', 'warning'] as const).map((status) => {
      let known: readonly ConsulCheck[] = [];
      return watch({
        transport: context.transport,
        clock: context.clock,
        random: context.random,
        ...(context.waitMs && { waitMs: context.waitMs }),
        path: `/v1/health/state/${status}`,
        query: { dc: context.dc },
        decode: decodeChecks,
        onChange: ({ value }) => {
          const signal = signalBetween(known, value.entries);
          known = value.entries;
          onSignal(signal);
        },
        onContact: (answer) => context.contacted(answer),
        onError: (error) => context.failed(error),
      });
    });
  }

  /** Ends every pause at once. */
  retryNow(): void {
    for (const running of this.#watches) running.retryNow();
  }

  stop(): void {
    for (const running of this.#watches) running.stop();
  }

  get size(): number {
    return this.#watches.length;
  }

  get notLive(): number {
    return this.#watches.filter((running) => running.state !== 'live').length;
  }
}
