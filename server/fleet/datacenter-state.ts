import { Disappearance, type DisappearanceLimits } from '@/lib/fleet/disappearance';
import type { DatacenterRecord } from '@/lib/fleet/model';
import type { ObservedNode } from '@/lib/fleet/observation';
import type { NodeDetail } from '@/lib/fleet/observe-node';
import type { ServiceDetail } from '@/lib/fleet/observe-service';
import { removeSorted, upsertSorted } from '@/lib/stream/sorted';
import type { LostInstance } from './lost-instances';

/** What Lictor knows of one datacenter. */
export interface DatacenterState {
  record: DatacenterRecord;
  readonly services: Map<string, ServiceDetail>;
  readonly nodes: Map<string, NodeDetail>;
  readonly observedNodes: Map<string, ObservedNode>;
  /**
   * Names of the services with an instance on a node, sorted, by the node's name. Kept in order: to sort them anew for each of fifty nodes at each
   * service's first answer was a third of the first read of 50,000 instances.
   */
  readonly residents: Map<string, string[]>;
  /**
   * While all services are read for the first time: nodes whose list of services has changed since it was last published. Each node would else be
   * published as often as it has services. Null: nothing is held back.
   */
  heldNodes: Set<string> | null;
  /** How many instances `services` has. */
  instances: number;
  /** Whether there are ACLs, as far as is known. */
  acls: boolean;
  /** Instances, by key, and nodes, by name, that answers no longer name. */
  readonly missing: Disappearance<LostInstance>;
  readonly missingNodes: Disappearance<ObservedNode>;
}

export function emptyDatacenter(record: DatacenterRecord, limits: DisappearanceLimits): DatacenterState {
  return {
    record,
    ...{
      services: new Map(),
      nodes: new Map(),
      observedNodes: new Map(),
      residents: new Map(),
      heldNodes: null,
      instances: 0,
      acls: true,
    },
    missing: new Disappearance(limits),
    missingNodes: new Disappearance(limits),
  };
}

/** Notes which nodes `service` now stands on; gives back the nodes whose list of services changed. */
export function moveResidents(
  residents: Map<string, string[]>,
  service: string,
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
): string[] {
  const changed: string[] = [];
  for (const node of before) {
    if (after.has(node)) continue;
    const services = removeSorted(residents.get(node) ?? [], service, itself);
    if (services.length === 0) residents.delete(node);
    else residents.set(node, services);
    changed.push(node);
  }
  for (const node of after) {
    if (before.has(node)) continue;
    residents.set(node, upsertSorted(residents.get(node) ?? [], service, itself));
    changed.push(node);
  }
  return changed;
}

const itself = (name: string): string => name;
