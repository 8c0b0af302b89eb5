import type { DatacenterRecord } from '@/lib/fleet/model';
import type { ObservedNode } from '@/lib/fleet/observation';
import type { NodeDetail } from '@/lib/fleet/observe-node';
import type { ServiceDetail } from '@/lib/fleet/observe-service';

/** What Lictor knows of one datacenter. */
export interface DatacenterState {
  record: DatacenterRecord;
  readonly services: Map<string, ServiceDetail>;
  readonly nodes: Map<string, NodeDetail>;
  readonly observedNodes: Map<string, ObservedNode>;
  /** Services with an instance on a node, by the node's name. */
  readonly residents: Map<string, Set<string>>;
}

export function emptyDatacenter(record: DatacenterRecord): DatacenterState {
  return { record, services: new Map(), nodes: new Map(), observedNodes: new Map(), residents: new Map() };
}

/** Notes which nodes `service` now stands on; gives back the nodes whose list of services changed. */
export function moveResidents(
  residents: Map<string, Set<string>>,
  service: string,
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): string[] {
  const changed: string[] = [];
  for (const node of before) {
    if (after.has(node)) continue;
    const services = residents.get(node);
    services?.delete(service);
    if (services?.size === 0) residents.delete(node);
    changed.push(node);
  }
  for (const node of after) {
    if (before.has(node)) continue;
    residents.set(node, (residents.get(node) ?? new Set()).add(service));
    changed.push(node);
  }
  return changed;
}
