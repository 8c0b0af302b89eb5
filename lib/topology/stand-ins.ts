import { serviceKey } from '@/lib/fleet/keys';
import type { TopologyNode } from './topology-body';
import type { TopologyGraph } from './topology-graph';

/** What is configured to serve in the place of a service that has no healthy instance left. */
export interface StandIn {
  readonly key: string;
  readonly dc: string;
  readonly name: string;
  /** From 1. */
  readonly order: number;
  /** Instances there that Consul would send to: passing and warning ones. */
  readonly healthy: number;
  /** Whether it could serve now: it has such instances, in a datacenter that is in touch. */
  readonly canServe: boolean;
  /** Median round trip, ms; null: not known. */
  readonly roundTripMs: number | null;
  /** When traffic from whomever was last seen to go there, ISO 8601; null: never, or nobody counts it. */
  readonly observedAt: string | null;
}

/** Instances that Consul sends to: a warning is no reason for it to leave one out. */
export const healthyInstances = (node: TopologyNode | undefined): number => (node ? node.passing + node.warning : 0);

/**
 * In their order.
 * @param lost a datacenter to take for lost, too
 * @param nearTo where requests come from; null: from the service's own datacenter
 */
export function standInsOf(
  graph: TopologyGraph,
  key: string,
  lost: string | null = null,
  nearTo: string | null = null,
): StandIn[] {
  const node = graph.nodes.get(key);
  if (!node) return [];
  return orderedKeys(graph, node).map((other, index): StandIn => {
    const there = graph.nodes.get(other.key);
    const dc = there?.dc ?? other.dc;
    const seen = graph.in(other.key).flatMap(({ observedAt }) => (observedAt === null ? [] : [observedAt]));
    const healthy = healthyInstances(there);
    return {
      ...{ key: other.key, dc, name: there?.name ?? node.name, order: index + 1, healthy },
      canServe: healthy > 0 && dc !== lost && !graph.lost.has(dc),
      roundTripMs: graph.roundTripMs(nearTo ?? node.dc, dc),
      observedAt: seen.sort().at(-1) ?? null,
    };
  });
}

/** By the edges of failover, which may lead to other services too; else by what the node says of datacenters. */
function orderedKeys(graph: TopologyGraph, { key, name, failover }: TopologyNode) {
  const byEdges = graph
    .out(key)
    .filter(({ kinds, to }) => kinds.includes('failover') && to !== key)
    .sort((a, b) => (a.order ?? Number.MAX_SAFE_INTEGER) - (b.order ?? Number.MAX_SAFE_INTEGER))
    .map(({ to }) => ({ key: to, dc: graph.nodes.get(to)?.dc ?? '' }));
  return byEdges.length > 0 ? byEdges : failover.map((dc) => ({ key: serviceKey(dc, name), dc }));
}
