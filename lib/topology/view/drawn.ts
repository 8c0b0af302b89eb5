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

/** Whether the same things are drawn between the same things: then they stay where they are. */
export function hasSameStructure(a: DrawnGraph, b: DrawnGraph): boolean {
  return (
    a.lanes.length === b.lanes.length &&
    a.lanes.every((lane, at) => lane.dc === b.lanes[at]?.dc) &&
    hasSameKeys(a.nodes, b.nodes) &&
    hasSameKeys(a.edges, b.edges)
  );
}

const hasSameKeys = (a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean =>
  a.size === b.size && [...a.keys()].every((key) => b.has(key));
