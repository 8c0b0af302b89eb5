import { z } from 'zod';
import { freshnessSchema, stamp, statusSchema } from '@/lib/fleet/model';
import { edgeKinds, topologyNodeKinds } from './kinds';

/** Who depends on whom: the body of `/api/v1/topology` and the topic `topology`. Field names are public; they change only by addition. */

const isoTime = z.iso.datetime();
const count = z.number().int().nonnegative();

const edgeKindSchema = z.enum(edgeKinds);
export type EdgeKind = z.infer<typeof edgeKindSchema>;

const topologyNodeKindSchema = z.enum(topologyNodeKinds);
export type TopologyNodeKind = z.infer<typeof topologyNodeKindSchema>;

const topologyNodeSchema = z.object({
  /** `<dc>/<name>`, each segment percent-encoded. */
  key: z.string(),
  dc: z.string(),
  name: z.string(),
  kind: topologyNodeKindSchema,
  /** As of the service; `unknown` where Consul lists none. */
  status: statusSchema,
  instances: count,
  passing: count,
  warning: count,
  critical: count,
  maintenance: count,
  /** Flapping checks; null: nothing looks for them. */
  flapping: count.nullable(),
  versions: z.record(z.string(), count),
  tags: z.array(z.string()),
  /** Metadata that all its instances agree on; what is long is left out. */
  meta: z.record(z.string(), z.string()),
  /** Its traffic is divided between versions, percent by version; null: it is not. */
  split: z.record(z.string(), z.number()).nullable(),
  /** Other datacenters stand in for it, in this order, by what is configured. */
  failover: z.array(z.string()),
  /** How Consul could not compile its chain, or a document be read; a sentence. Null: nothing is wrong. */
  problem: z.string().nullable(),
});
export type TopologyNode = z.infer<typeof topologyNodeSchema>;

/** One thing that says an edge. */
const edgeSourceSchema = z.object({
  kind: edgeKindSchema,
  /** As a person names it: `service-resolver/payment`, `sidecar of front (3 instances)`, `Prometheus: HAProxy`, `metadata upstreams`. Hostile text. */
  source: z.string(),
  /** When it was last seen to say so. */
  seenAt: isoTime,
  /** Of an intention; null: it neither allows nor denies, or it depends on the request (`detail`). */
  allowed: z.boolean().nullable(),
  /** A sentence, where there is more to know; null: there is not. */
  detail: z.string().nullable(),
});
export type EdgeSource = z.infer<typeof edgeSourceSchema>;

const topologyEdgeSchema = z.object({
  /** `<from>><to>`: no key holds a `>`. */
  key: z.string(),
  from: z.string(),
  to: z.string(),
  /** In the order of `edgeKinds`. */
  kinds: z.array(edgeKindSchema),
  /** False: an intention denies it; null: none says anything. */
  allowed: z.boolean().nullable(),
  /** Of what goes by this way, percent; null: it is not divided. */
  share: z.number().nullable(),
  /** Of a failover: its place in the order, from 1; else null. */
  order: z.number().int().nullable(),
  /** Requests a second, errors as a part of 1, 95th percentile of latency in ms, each null where nobody counts it. */
  ratePerSecond: z.number().nullable(),
  errorRatio: z.number().nullable(),
  p95Ms: z.number().nullable(),
  /** When traffic was last seen; null: never. */
  observedAt: isoTime.nullable(),
  /** What counts traffic does not answer: the figures are old. */
  isObservedOld: z.boolean(),
  /** `undeclared`: traffic goes where nothing declares it; `unseen`: declared, and no traffic seen where traffic is counted; null: neither. */
  mark: z.enum(['undeclared', 'unseen']).nullable(),
  sources: z.array(edgeSourceSchema),
});
export type TopologyEdge = z.infer<typeof topologyEdgeSchema>;

/** What of the picture is known, and how well. */
const topologySourceSchema = z.object({
  /** `sidecars`, `intentions`, `entries`, `chains`, `gateways`, `prepared queries`, `metadata`, `documents`, `Prometheus: <name>`. */
  name: z.string(),
  dc: z.string().nullable(),
  /** `absent`: this version of Consul, or these rights, do not have it. */
  state: z.enum(['live', 'old', 'absent', 'starting']),
  lastReadAt: isoTime.nullable(),
  /** A sentence; null: nothing is wrong. */
  reason: z.string().nullable(),
});
export type TopologySource = z.infer<typeof topologySourceSchema>;

const topologyDatacenterSchema = z.object({
  name: z.string(),
  freshness: freshnessSchema,
  /** Median round trip to other datacenters by Consul's coordinates, ms; absent: not known. */
  roundTripMs: z.record(z.string(), z.number()),
});
export type TopologyDatacenter = z.infer<typeof topologyDatacenterSchema>;

/** How a service went over to another datacenter when its own could not serve it. */
const failoverSwitchSchema = z.object({
  key: z.string(),
  /** When its last healthy instance fell. */
  lostAt: isoTime,
  to: z.string(),
  /** Until the other was seen to take its traffic; null: it was not seen (yet). */
  tookMs: z.number().nullable(),
  /** By what that was seen: traffic that was counted, or the chain alone. */
  seenBy: z.enum(['observed', 'declared']),
  endedAt: isoTime.nullable(),
});
export type FailoverSwitch = z.infer<typeof failoverSwitchSchema>;

export const topologyBodySchema = z.object({
  ...stamp,
  /** Sorted by name. */
  datacenters: z.array(topologyDatacenterSchema),
  /** Sorted by key. */
  nodes: z.array(topologyNodeSchema),
  edges: z.array(topologyEdgeSchema),
  sources: z.array(topologySourceSchema),
  /** The newest 50. */
  switches: z.array(failoverSwitchSchema),
});
export type TopologyBody = z.infer<typeof topologyBodySchema>;
