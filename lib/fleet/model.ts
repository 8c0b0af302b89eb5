import { z } from 'zod';

/**
 * The fleet as Lictor publishes it: the bodies of `/api/v1/fleet`, `/api/v1/services/…` and `/api/v1/nodes…`, and the records
 * that the stream's changes carry. Field names are public; they change only by addition. Times are ISO 8601 in UTC.
 */

/** `unknown`: never read, or gone but not yet confirmed. A stale datacenter keeps its last statuses; its freshness tells. */
export const statusSchema = z.enum(['passing', 'warning', 'critical', 'maintenance', 'unknown']);
export type Status = z.infer<typeof statusSchema>;

/** What a check itself says; Consul knows no other values. */
const checkStatusSchema = z.enum(['passing', 'warning', 'critical']);
export type CheckStatus = z.infer<typeof checkStatusSchema>;

const isoTime = z.iso.datetime();

const checkSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Consul's `Type` ("http", "tcp", "ttl" …), empty where the writer gave none. */
  type: z.string(),
  status: checkStatusSchema,
  /** What the checked server answered, up to 4 KB: hostile text. */
  output: z.string(),
  /** Carries the reason of a maintenance check. Hostile text. */
  notes: z.string(),
  /** `node` for a check of the whole node, which counts for every instance on it. */
  scope: z.enum(['node', 'service']),
  since: isoTime,
  sinceAtLeast: z.boolean(),
});
export type Check = z.infer<typeof checkSchema>;

const weightsSchema = z.object({ passing: z.number(), warning: z.number() });
export type Weights = z.infer<typeof weightsSchema>;

export const instanceSchema = z.object({
  /** `<dc>/<node>/<service id>`, each segment percent-encoded. */
  key: z.string(),
  id: z.string(),
  node: z.string(),
  /** The instance's own address, else its node's. */
  address: z.string(),
  port: z.number(),
  version: z.string(),
  tags: z.array(z.string()),
  meta: z.record(z.string(), z.string()),
  weights: weightsSchema,
  status: statusSchema,
  /** When Lictor saw this status begin; `sinceAtLeast` where it began before Lictor looked. */
  since: isoTime,
  sinceAtLeast: z.boolean(),
  checks: z.array(checkSchema),
  /** Consul's answers name it no longer, and that it is gone is not confirmed: its status is `unknown`, the rest is what was last seen. */
  unconfirmed: z.boolean(),
});
export type Instance = z.infer<typeof instanceSchema>;

/** The check that speaks for a service which is not passing, for a list that has one line for it. */
const worstCheckSchema = z.object({
  instance: z.string(),
  node: z.string(),
  check: z.string(),
  /** The first line of its output (of its notes in maintenance), cut to 200 characters. */
  output: z.string(),
});
export type WorstCheck = z.infer<typeof worstCheckSchema>;

const serviceRecordSchema = z.object({
  /** `<dc>/<name>`, each segment percent-encoded. */
  key: z.string(),
  name: z.string(),
  status: statusSchema,
  /** Counts of instances. Those of status `unknown` are in `instances` alone. */
  instances: z.number().int(),
  passing: z.number().int(),
  warning: z.number().int(),
  critical: z.number().int(),
  maintenance: z.number().int(),
  /** Instances by version. */
  versions: z.record(z.string(), z.number().int()),
  /** Flapping checks; null while nothing looks for them. */
  flapping: z.number().int().nullable(),
  /** All tags of its instances, sorted. */
  tags: z.array(z.string()),
  since: isoTime,
  sinceAtLeast: z.boolean(),
  worst: worstCheckSchema.nullable(),
  /** Instances that are gone from Consul's answers without confirmation; they are in `instances`, as unknown. */
  unconfirmed: z.number().int(),
});
export type ServiceRecord = z.infer<typeof serviceRecordSchema>;

export const freshnessStateSchema = z.enum(['live', 'stale', 'lost', 'denied']);
export type FreshnessState = z.infer<typeof freshnessStateSchema>;

export const freshnessSchema = z.object({
  state: freshnessStateSchema,
  since: isoTime,
  /** Age in ms of the last proof of life when this was written; null: never. */
  lastContactMs: z.number().int().nullable(),
  /** A sentence for a person; null when live. */
  reason: z.string().nullable(),
});
export type Freshness = z.infer<typeof freshnessSchema>;

const unconfirmedSchema = z.object({
  /** How many instances and nodes are shown as unknown because Consul's answers name them no longer. */
  instances: z.number().int(),
  nodes: z.number().int(),
  since: isoTime,
  /** A sentence for a person: why it is not taken for granted that they are gone. */
  reason: z.string(),
});
export type Unconfirmed = z.infer<typeof unconfirmedSchema>;

/** What a change of the `fleet` and `nodes` topics puts for a key `<dc>`. */
const datacenterRecordSchema = z.object({
  name: z.string(),
  freshness: freshnessSchema,
  /** The token may read only a part of this datacenter. */
  partial: z.boolean(),
  /** Consul's raft leader as `address:port`; null while none is known. */
  leader: z.string().nullable(),
  /** What is gone from Consul's answers without confirmation; null: nothing is. */
  unconfirmed: unconfirmedSchema.nullable(),
});
export type DatacenterRecord = z.infer<typeof datacenterRecordSchema>;

const nodeRecordSchema = z.object({
  key: z.string(),
  name: z.string(),
  address: z.string(),
  status: statusSchema,
  since: isoTime,
  sinceAtLeast: z.boolean(),
  meta: z.record(z.string(), z.string()),
  /** Names of the services with an instance here, sorted. */
  services: z.array(z.string()),
  /** As of an instance: gone from Consul's answers, which is not confirmed. */
  unconfirmed: z.boolean(),
});
export type NodeRecord = z.infer<typeof nodeRecordSchema>;

export const stamp = {
  /** When this process started, decimal ms. With `seq` it orders everything a process publishes. */
  epoch: z.number().int(),
  seq: z.number().int(),
  at: isoTime,
};

const fleetDatacenterSchema = datacenterRecordSchema.extend({ services: z.array(serviceRecordSchema) });
export type FleetDatacenter = z.infer<typeof fleetDatacenterSchema>;

/** Whether the address that Lictor was given answers at all, whatever it says of its datacenters. */
export const consulReachSchema = z.object({
  /** Without user information. */
  address: z.string(),
  reachable: z.boolean(),
  since: isoTime,
  /** A sentence for a person; null while it answers. */
  reason: z.string().nullable(),
});
export type ConsulReach = z.infer<typeof consulReachSchema>;

export const fleetBodySchema = z.object({
  ...stamp,
  datacenters: z.array(fleetDatacenterSchema),
  /** As it was at `at`; every heartbeat brings it anew. */
  consul: consulReachSchema,
});
export type FleetBody = z.infer<typeof fleetBodySchema>;

export const serviceBodySchema = z.object({
  ...stamp,
  service: serviceRecordSchema,
  instances: z.array(instanceSchema),
});
export type ServiceBody = z.infer<typeof serviceBodySchema>;

const nodesDatacenterSchema = datacenterRecordSchema.extend({ nodes: z.array(nodeRecordSchema) });
export const nodesBodySchema = z.object({ ...stamp, datacenters: z.array(nodesDatacenterSchema) });
export type NodesBody = z.infer<typeof nodesBodySchema>;

/** An instance as a node's body has it, with the name of its service. */
const placedInstanceSchema = instanceSchema.extend({ service: z.string() });
export type PlacedInstance = z.infer<typeof placedInstanceSchema>;

export const nodeBodySchema = z.object({
  ...stamp,
  node: nodeRecordSchema,
  checks: z.array(checkSchema),
  instances: z.array(placedInstanceSchema),
});
export type NodeBody = z.infer<typeof nodeBodySchema>;
