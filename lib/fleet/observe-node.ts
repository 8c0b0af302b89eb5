import { nodeKey } from './keys';
import type { Check, NodeRecord } from './model';
import type { ObservedNode, Sighting } from './observation';
import { begin, keepIfEqual, observeChecks } from './observe-checks';
import { statusOfChecks } from './status';

export interface NodeDetail {
  readonly node: NodeRecord;
  /** The node's own checks, sorted by id. */
  readonly checks: readonly Check[];
}

/**
 * One node as Consul's answers show it; `services` are the names of what runs there, sorted. `unconfirmed`: the answers name it no longer, and
 * `observed` is what was last seen of it.
 */
export function observeNode(
  previous: NodeDetail | undefined,
  dc: string,
  observed: ObservedNode,
  services: readonly string[],
  sighting: Sighting,
  unconfirmed = false,
): NodeDetail {
  const status = unconfirmed ? 'unknown' : statusOfChecks(observed.checks);
  const node: NodeRecord = {
    key: nodeKey(dc, observed.name),
    name: observed.name,
    address: observed.address,
    status,
    ...begin(previous?.node, status, sighting),
    meta: { ...observed.meta },
    services: [...services],
    unconfirmed,
  };
  const checks = observeChecks(previous?.checks ?? [], observed.checks, sighting);
  return { node: keepIfEqual(previous?.node, node), checks };
}
