import { z } from 'zod';
import { consulReachSchema, freshnessSchema } from '@/lib/fleet/model';
import { consulHealthSchema, readingSchema } from './consul-health';
import { historyStateSchema } from './history-state';
import { leadershipStateSchema } from './leadership-state';

/** How Lictor watches one datacenter, and what that costs and delays. */
const watchPlanSchema = z.object({
  name: z.string(),
  freshness: freshnessSchema,
  /** `exact`: a waiting query for every service; `signals`: for the hot ones, the rest by what the datacenter as a whole signals. */
  mode: z.enum(['exact', 'signals']),
  services: z.number().int(),
  /** Services with a waiting query of their own. */
  exactServices: z.number().int(),
  /** Services that someone looks at or that changed lately. */
  hotServices: z.number().int(),
  /** Waiting queries held, those of the datacenter as a whole included. */
  watches: z.number().int(),
  watchesNotLive: z.number().int(),
  wakes: z.number().int(),
  /** Requests a second that this plan makes at Consul while nothing happens. */
  readsPerSecond: z.number(),
  /** How late a check's fall or recovery can be seen at the worst while all goes well, ms. */
  statusDelayMs: z.number().int(),
  /** The same for an instance that came or went. */
  membershipDelayMs: z.number().int(),
  /** The same for what a summary of the services does not show: metadata, weights, an instance in another's place. */
  definitionDelayMs: z.number().int(),
  /** The same for everything, also for the words of a check that passes on. */
  worstDelayMs: z.number().int(),
  /** The plan in a sentence. */
  explanation: z.string(),
  /** Records that could not be read, each a sentence. */
  problems: z.array(z.string()),
  /** What is asked about its configuration: entries and intentions where they are written, and each prefix of keys. */
  configuration: z.array(readingSchema),
  /** What Consul says of itself there; null before the first look. */
  consul: consulHealthSchema.nullable(),
});

const connectionsSchema = z.object({
  protocol: z.enum(['http/1.1', 'h2']),
  /** Connections at most, now. */
  budget: z.number().int(),
  /** Connections at most while Consul refuses none. */
  fullBudget: z.number().int(),
  /** Why `budget` is below `fullBudget`, a sentence; null while it is not. */
  lowered: z.string().nullable(),
  open: z.number().int(),
  /** Waiting queries on the wire, and how many it carries at most: over HTTP/2 a connection carries many. */
  waiting: z.number().int(),
  waitingCapacity: z.number().int(),
  queued: z.number().int(),
  requests: z.number().int(),
  errors: z.record(z.string(), z.number().int()),
});
export type Connections = z.infer<typeof connectionsSchema>;

export const systemBodySchema = z.object({
  version: z.string(),
  /** Decimal ms: when this process started. */
  epoch: z.number().int(),
  seq: z.number().int(),
  at: z.iso.datetime(),
  consul: consulReachSchema,
  /** By name. */
  datacenters: z.array(watchPlanSchema),
  /** Of all addresses together. */
  connections: connectionsSchema,
  /** Each Consul address, its own budget, and which datacenters are read there. */
  addresses: z.array(connectionsSchema.extend({ ...consulReachSchema.shape, datacenters: z.array(z.string()) })),
  leadership: leadershipStateSchema,
  history: historyStateSchema,
  stream: z.object({ clients: z.number().int() }),
  /** Lictor's own. `rssBytes` is all of its memory, as the system counts it. */
  process: z.object({ rssBytes: z.number().int(), heapUsedBytes: z.number().int() }),
});
export type SystemBody = z.infer<typeof systemBodySchema>;
