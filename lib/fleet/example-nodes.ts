import { nodeKey } from './keys';
import type { NodeRecord, NodesBody, Status } from './model';

/** Nodes for tests of what is concluded from them: say what matters, the rest is plain. */

const since = '2026-01-15T02:00:00.000Z';

export function exampleNode(
  dc: string,
  name: string,
  status: Status = 'passing',
  rest: Partial<NodeRecord> = {},
): NodeRecord {
  const digits = /\d+$/.exec(name)?.[0] ?? '200';
  return {
    key: nodeKey(dc, name),
    name,
    // The number at the name's end is the address's, and that of the services.
    address: `10.0.0.${digits}`,
    status,
    since,
    sinceAtLeast: false,
    meta: {},
    services: Array.from({ length: Number(digits) % 200 }, (_, index) => `service-${index}`),
    unconfirmed: false,
    ...rest,
  };
}

/** Nodes by datacenter, each of them live. */
export function exampleNodes(byDatacenter: Readonly<Record<string, readonly NodeRecord[]>>): NodesBody {
  const datacenters = Object.entries(byDatacenter).map(([name, nodes]) => ({
    name,
    freshness: { state: 'live' as const, since, lastContactMs: 400, reason: null },
    partial: false,
    leader: '127.0.0.1:8300',
    unconfirmed: null,
    nodes: [...nodes],
  }));
  return { epoch: 1_768_442_400_000, seq: 1, at: since, datacenters };
}
