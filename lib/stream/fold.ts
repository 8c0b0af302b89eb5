import type { AlertsBody } from '@/lib/alerts/alert-body';
import type {
  DatacenterRecord,
  FleetBody,
  Instance,
  NodeRecord,
  NodesBody,
  ServiceBody,
  ServiceRecord,
} from '@/lib/fleet/model';
import type { SplitRecord, SplitsBody } from '@/lib/release/split-body';
import type { SystemBody } from '@/lib/system/system-body';
import type { TopologyBody } from '@/lib/topology/topology-body';
import { foldAlerts } from './alert-changes';
import type { Change, ChangeEvent, Topic, TopicBody } from './protocol';
import { removeSorted, upsertSorted } from './sorted';
import { foldSystem } from './system-changes';
import { foldTopology } from './topology-changes';

/**
 * A topic's body after one change event. An event that is not newer than the body gives back the same body, so a replay, a duplicate
 * or a late one is harmless; records that it does not name keep their identity. It works the same on the server and in the browser.
 */
export function foldChange(body: TopicBody, topic: Topic, event: ChangeEvent): TopicBody {
  if (event.seq <= body.seq) return body;
  const stamp = { seq: event.seq, at: event.at };
  if (topic === 'fleet') return { ...foldFleet(body as FleetBody, event.changes), ...stamp };
  if (topic === 'nodes') return { ...foldNodes(body as NodesBody, event.changes), ...stamp };
  if (topic === 'splits') return { ...foldSplits(body as SplitsBody, event.changes), ...stamp };
  if (topic === 'alerts') return { ...foldAlerts(body as AlertsBody, event.changes), ...stamp };
  if (topic === 'topology') return { ...foldTopology(body as TopologyBody, event.changes), ...stamp };
  if (topic === 'system') return { ...foldSystem(body as SystemBody, event.changes), ...stamp };
  return { ...foldService(body as ServiceBody, event.changes), ...stamp };
}

/** How many segments a key has: 1 a datacenter, 2 a service or node, 3 an instance. */
const depth = (key: string): number => key.split('/').length;
const datacenterOf = (key: string): string => decodeURIComponent(key.split('/', 1)[0] ?? '');
const byKey = (record: { key: string }): string => record.key;
const byName = (record: { name: string }): string => record.name;

function foldFleet(body: FleetBody, changes: readonly Change[]): FleetBody {
  let { datacenters } = body;
  for (const change of changes) {
    const name = datacenterOf(change.key);
    const current = datacenters.find((dc) => dc.name === name);
    if (depth(change.key) === 1) {
      datacenters = foldDatacenter(datacenters, name, change, { services: current?.services ?? [] });
    } else if (current) {
      const services = foldRecord(current.services, change as Change<ServiceRecord>);
      datacenters = upsertSorted(datacenters, { ...current, services }, byName);
    }
  }
  return { ...body, datacenters };
}

function foldNodes(body: NodesBody, changes: readonly Change[]): NodesBody {
  let { datacenters } = body;
  for (const change of changes) {
    const name = datacenterOf(change.key);
    const current = datacenters.find((dc) => dc.name === name);
    if (depth(change.key) === 1) {
      datacenters = foldDatacenter(datacenters, name, change, { nodes: current?.nodes ?? [] });
    } else if (current) {
      const nodes = foldRecord(current.nodes, change as Change<NodeRecord>);
      datacenters = upsertSorted(datacenters, { ...current, nodes }, byName);
    }
  }
  return { ...body, datacenters };
}

function foldDatacenter<T extends object>(
  datacenters: (DatacenterRecord & T)[],
  name: string,
  change: Change,
  contents: T,
): (DatacenterRecord & T)[] {
  if (change.op === 'remove') return removeSorted(datacenters, name, byName);
  return upsertSorted(datacenters, { ...(change.value as DatacenterRecord), ...contents }, byName);
}

function foldService(body: ServiceBody, changes: readonly Change[]): ServiceBody {
  let { service, instances } = body;
  for (const change of changes) {
    if (depth(change.key) === 3) instances = foldRecord(instances, change as Change<Instance>);
    else if (change.op === 'put') service = change.value as ServiceRecord;
    // A removed service keeps its last record: whoever has it open is told that it is gone by the change itself.
  }
  return { ...body, service, instances };
}

function foldSplits(body: SplitsBody, changes: readonly Change[]): SplitsBody {
  const splits = changes.reduce((kept, change) => foldRecord(kept, change as Change<SplitRecord>), body.splits);
  return { ...body, splits };
}

function foldRecord<T extends { key: string }>(records: T[], change: Change<T>): T[] {
  if (change.op === 'remove') return removeSorted(records, change.key, byKey);
  return change.value ? upsertSorted(records, change.value, byKey) : records;
}
