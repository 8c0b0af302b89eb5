import { nodeKey } from '@/lib/fleet/keys';
import type {
  ConsulReach,
  DatacenterRecord,
  FleetBody,
  Freshness,
  FreshnessState,
  NodeBody,
  NodeRecord,
  NodesBody,
  ServiceBody,
} from '@/lib/fleet/model';
import { compareText } from '@/lib/fleet/observe-checks';
import { type PastContext, pastChecks, pastInstance, pastService, pastServiceRecord, pastSince } from './past-service';
import type { PastDatacenter, PastSummary, RecordedNode } from './recorded';
import { nodeChecksOf } from './summarize-past';
import type { Gap } from './transition';

/** One past moment, with what a body carries besides the fleet itself. */
export interface PastMoment<Datacenter = PastDatacenter> {
  readonly atMs: number;
  readonly stamp: { readonly epoch: number; readonly seq: number; readonly at: string };
  readonly datacenters: readonly (Datacenter & KnownDatacenter)[];
}

/** What is known of a datacenter at a past moment, whatever is known of what is in it. */
export interface KnownDatacenter {
  readonly dc: string;
  readonly freshness: string | null;
  /** Since when its freshness was what it was, ms since 1970; null: before the record. */
  readonly freshnessSinceMs: number | null;
  /** Consul's leader there, as last recorded. */
  readonly leader: string | null;
  /** The gap that the moment lies in; null: it was watched. */
  readonly gap: Pick<Gap, 'fromMs' | 'reason'> | null;
}

function pastContext(past: PastDatacenter, atMs: number): PastContext {
  const { dc, sinceMs } = past;
  return { dc, atMs, sinceMs, nodeChecks: nodeChecksOf(past) };
}

/** A datacenter's record as it was. In a gap it is lost: its statuses are those last seen, and nobody can say whether they still held. */
export function pastDatacenterRecord(past: KnownDatacenter, atMs: number): DatacenterRecord {
  return {
    name: past.dc,
    freshness: pastFreshness(past, atMs),
    partial: false,
    leader: past.leader,
    unconfirmed: null,
  };
}

export function pastDatacenterRecords({ atMs, datacenters }: PastMoment<unknown>): DatacenterRecord[] {
  return datacenters.map((past) => pastDatacenterRecord(past, atMs));
}

const states: readonly FreshnessState[] = ['live', 'stale', 'lost', 'denied'];

function pastFreshness({ freshness, freshnessSinceMs, gap }: KnownDatacenter, atMs: number): Freshness {
  const iso = (ms: number) => new Date(ms).toISOString();
  if (gap) {
    const reason = `Not watched then: ${gap.reason}`;
    return { state: 'lost', since: iso(gap.fromMs), lastContactMs: atMs - gap.fromMs, reason };
  }
  const state = states.find((one) => one === freshness) ?? 'live';
  const since = iso(freshnessSinceMs ?? atMs);
  if (state === 'live') return { state, since, lastContactMs: 0, reason: null };
  return { state, since, lastContactMs: null, reason: `It was ${state} then, the record says.` };
}

export function pastFleet(
  { atMs, stamp, datacenters }: PastMoment<PastSummary>,
  consul: Pick<ConsulReach, 'address'>,
): FleetBody {
  // Of before the record nothing is known, neither that Consul answered nor that it did not.
  const reachable = datacenters.length === 0 || datacenters.some(({ gap }) => gap === null);
  const reason = reachable ? null : 'Nobody watched then.';
  return {
    ...stamp,
    datacenters: datacenters.map((past) => {
      const services = past.services.map((service) => pastServiceRecord(service, { dc: past.dc, atMs }));
      return { ...pastDatacenterRecord(past, atMs), services: services.sort(byKey) };
    }),
    consul: { address: consul.address, reachable, since: stamp.at, reason },
  };
}

export function pastServiceBody({ atMs, stamp, datacenters }: PastMoment, name: string): ServiceBody | undefined {
  const [past] = datacenters;
  const found = past?.services.find((service) => service.name === name);
  return past && found && { ...stamp, ...pastService(name, found, pastContext(past, atMs)) };
}

export function pastNodes({ atMs, stamp, datacenters }: PastMoment): NodesBody {
  return {
    ...stamp,
    datacenters: datacenters.map((past) => {
      const services = servicesByNode(past);
      const nodes = past.nodes.map((node) => pastNode(node, services.get(node.name), pastContext(past, atMs)));
      return { ...pastDatacenterRecord(past, atMs), nodes: nodes.sort(byKey) };
    }),
  };
}

export function pastNodeBody({ atMs, stamp, datacenters }: PastMoment, name: string): NodeBody | undefined {
  const [past] = datacenters;
  const node = past?.nodes.find((candidate) => candidate.name === name);
  if (!past || !node) return undefined;
  const context = pastContext(past, atMs);
  const instances = past.services.flatMap(({ name: service, instances: all }) =>
    all.filter((one) => one.node === name).map((one) => ({ ...pastInstance(one, context), service })),
  );
  return {
    ...stamp,
    node: pastNode(node, servicesByNode(past).get(name), context),
    checks: pastChecks(node.checks, atMs),
    instances: instances.sort(byKey),
  };
}

function pastNode(node: RecordedNode, services: ReadonlySet<string> | undefined, context: PastContext): NodeRecord {
  const key = nodeKey(context.dc, node.name);
  return {
    ...{ key, name: node.name, address: node.address, status: node.status, ...pastSince(key, context) },
    ...{ meta: node.meta, services: [...(services ?? [])].sort(compareText), unconfirmed: false },
  };
}

function servicesByNode({ services }: PastDatacenter): Map<string, Set<string>> {
  const byNode = new Map<string, Set<string>>();
  for (const { name, instances } of services) {
    for (const { node } of instances) byNode.set(node, (byNode.get(node) ?? new Set()).add(name));
  }
  return byNode;
}

const byKey = (a: { readonly key: string }, b: { readonly key: string }): number => compareText(a.key, b.key);
