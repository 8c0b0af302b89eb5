import type {
  FailoverSwitch,
  TopologyBody,
  TopologyDatacenter,
  TopologyEdge,
  TopologyNode,
  TopologySource,
} from '@/lib/topology/topology-body';
import type { Change } from './protocol';
import { removeSorted, upsertSorted } from './sorted';

/**
 * Keys of the topic `topology`: `<dc>` a datacenter, `<dc>/<service>` a node, `<from>><to>` an edge; `/sources` and `/switches` hold their whole lists, which
 * are short.
 */
export const SOURCES_CHANGE_KEY = '/sources';
export const SWITCHES_CHANGE_KEY = '/switches';

const byKey = ({ key }: { key: string }): string => key;
const byName = ({ name }: { name: string }): string => name;

/** The body after such changes, without its stamp. */
export function foldTopology(body: TopologyBody, changes: readonly Change[]): TopologyBody {
  let { datacenters, nodes, edges, sources, switches } = body;
  for (const { key, value } of changes) {
    if (key === SOURCES_CHANGE_KEY) sources = (value as TopologySource[] | null) ?? [];
    else if (key === SWITCHES_CHANGE_KEY) switches = (value as FailoverSwitch[] | null) ?? [];
    else if (key.includes('>')) edges = placed(edges, key, value as TopologyEdge | null, byKey);
    else if (key.includes('/')) nodes = placed(nodes, key, value as TopologyNode | null, byKey);
    else datacenters = placed(datacenters, decodeURIComponent(key), value as TopologyDatacenter | null, byName);
  }
  return { ...body, datacenters, nodes, edges, sources, switches };
}

function placed<T>(records: T[], key: string, value: T | null, keyOf: (record: T) => string): T[] {
  return value === null ? removeSorted(records, key, keyOf) : upsertSorted(records, value, keyOf);
}
