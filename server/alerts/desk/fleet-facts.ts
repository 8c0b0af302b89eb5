import type { DatacenterFacts, FlapFacts, NodeFacts, ServiceFacts } from '@/lib/alerts/facts';
import { serviceKey } from '@/lib/fleet/keys';
import type { DatacenterRecord, Instance } from '@/lib/fleet/model';
import type { NodeDetail } from '@/lib/fleet/observe-node';
import type { ServiceDetail } from '@/lib/fleet/observe-service';

/** What rules are told of the live fleet. */

export function serviceFacts(dc: string, detail: ServiceDetail, flaps: FlapFacts | null): ServiceFacts {
  const { service, instances } = detail;
  const { name, status } = service;
  return { dc, name, status, instances: instances.map(instanceFacts), flaps, standsFor: servedBy(dc, detail) };
}

/** Key of the service that all its instances are sidecars of. */
function servedBy(dc: string, { service, instances, proxies }: ServiceDetail): string | null {
  if (!proxies || proxies.size < instances.length) return null;
  const [destination = '', ...others] = new Set([...proxies.values()].map((proxy) => proxy.destination));
  return destination === '' || others.length > 0 || destination === service.name ? null : serviceKey(dc, destination);
}

function instanceFacts(instance: Instance): ServiceFacts['instances'][number] {
  const { key, id, node, version, tags, meta, status, since, sinceAtLeast, checks } = instance;
  const own = checks
    .filter(({ scope }) => scope === 'service')
    .map((check) => ({ id: check.id, status: check.status }));
  return { key, id, node, version, tags, meta, status, sinceMs: Date.parse(since), sinceAtLeast, checks: own };
}

/** @param countInstances how many run there: for a node with a hundred services that is a walk through all of theirs, and of a node that is well nobody asks */
export function nodeFacts(
  dc: string,
  { node, checks }: NodeDetail,
  countInstances: () => number,
  flaps: FlapFacts | null,
): NodeFacts {
  const { name, status, since, sinceAtLeast, meta, services } = node;
  const own = checks.map((check) => ({ id: check.id, status: check.status }));
  return {
    ...{ dc, name, status, sinceMs: Date.parse(since), sinceAtLeast, meta, checks: own, services, flaps },
    get instances() {
      return countInstances();
    },
  };
}

/** What of a datacenter is remembered from one record to the next. ms since 1970. */
export interface DatacenterMemory {
  /** Since when no leader is known; null: one is. */
  readonly noLeaderSinceMs: number | null;
  /** As its freshness began; null: it had never answered. An age that is told anew each time would make each telling another one. */
  readonly lastContactAtMs: number | null;
  readonly freshness: string;
}

export function rememberDatacenter(
  before: DatacenterMemory | undefined,
  { freshness, leader }: DatacenterRecord,
  nowMs: number,
): DatacenterMemory {
  const { state, lastContactMs } = freshness;
  // What has never answered does not say whether it has one.
  const knowsLeader = leader !== null || lastContactMs === null;
  const isSame = before?.freshness === state && state !== 'live' && state !== 'stale';
  return {
    noLeaderSinceMs: knowsLeader ? null : (before?.noLeaderSinceMs ?? nowMs),
    lastContactAtMs: isSame ? before.lastContactAtMs : lastContactMs === null ? null : nowMs - lastContactMs,
    freshness: state,
  };
}

export function datacenterFacts(
  { name, freshness, unconfirmed }: DatacenterRecord,
  { noLeaderSinceMs, lastContactAtMs }: DatacenterMemory,
  nowMs: number,
): DatacenterFacts {
  return {
    ...{ dc: name, freshness: freshness.state, freshnessSinceMs: Date.parse(freshness.since) },
    ...{ lastContactMs: lastContactAtMs === null ? null : nowMs - lastContactAtMs, reason: freshness.reason },
    ...{ hasLeader: noLeaderSinceMs === null, noLeaderSinceMs },
    unconfirmed: unconfirmed && {
      ...{ instances: unconfirmed.instances, nodes: unconfirmed.nodes, reason: unconfirmed.reason },
      sinceMs: Date.parse(unconfirmed.since),
    },
  };
}
