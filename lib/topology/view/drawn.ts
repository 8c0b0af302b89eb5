import { datacenterKey } from '@/lib/fleet/keys';

/**
 * What is drawn, without how it fares: another status changes nothing here. Ids: of a service its key; of a group `group:<dc>/<value>`; of what is folded
 * away `rest:<dc>`; of a lane `lane:<dc>`; each segment percent-encoded, so that no id is another's.
 */
export interface DrawnNode {
  readonly id: string;
  readonly dc: string;
  readonly kind: 'service' | 'group' | 'rest';
  /** Of a group, what its services have in common; of a service its name; empty of a rest. */
  readonly name: string;
  /** Keys of the services that it stands for, sorted; one of a service. */
  readonly members: readonly string[];
}

export interface DrawnEdge {
  /** `<from>><to>`, of ids: of two services the edge's own key. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Keys of the edges that it stands for. */
  readonly edges: readonly string[];
  /** From one datacenter to another. */
  readonly crosses: boolean;
}

export interface DrawnLane {
  readonly dc: string;
  /** Ids of what is drawn in it, the rest last. */
  readonly nodes: readonly string[];
  /** Services that it has in all, whether drawn, folded, or hidden. */
  readonly services: number;
  readonly instances: number;
}

export interface DrawnGraph {
  /** Sorted by name. */
  readonly lanes: readonly DrawnLane[];
  readonly nodes: ReadonlyMap<string, DrawnNode>;
  readonly edges: ReadonlyMap<string, DrawnEdge>;
}

export const groupId = (dc: string, value: string): string => `group:${datacenterKey(dc)}/${datacenterKey(value)}`;
export const restId = (dc: string): string => `rest:${datacenterKey(dc)}`;
export const laneId = (dc: string): string => `lane:${datacenterKey(dc)}`;

/** `after`, with the very objects of `before` wherever they say the same, and `before` itself where all of it does: what did not change is drawn by nobody again. */
export function keptIdentity(before: DrawnGraph | null, after: DrawnGraph): DrawnGraph {
  if (before === null) return after;
  const nodes = keptEntries(before.nodes, after.nodes, (a, b) => hasSameItems(a.members, b.members));
  const edges = keptEntries(before.edges, after.edges, (a, b) => hasSameItems(a.edges, b.edges));
  const lanes = after.lanes.map((lane) => {
    const known = before.lanes.find(({ dc }) => dc === lane.dc);
    return known && isSameLane(known, lane) && hasSameItems(known.nodes, lane.nodes) ? known : lane;
  });
  const isSame = nodes === before.nodes && edges === before.edges && hasSameItems(before.lanes, lanes);
  return isSame ? before : { lanes, nodes, edges };
}

const isSameLane = (a: DrawnLane, b: DrawnLane): boolean => a.services === b.services && a.instances === b.instances;

function keptEntries<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  saysTheSame: (a: T, b: T) => boolean,
): ReadonlyMap<string, T> {
  const kept = new Map<string, T>();
  let isSame = before.size === after.size;
  for (const [id, item] of after) {
    const known = before.get(id);
    if (known !== undefined && saysTheSame(known, item)) kept.set(id, known);
    else {
      kept.set(id, item);
      isSame = false;
    }
  }
  return isSame ? before : kept;
}

const hasSameItems = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item, at) => item === b[at]);
