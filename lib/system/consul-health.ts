import { z } from 'zod';

/**
 * What Consul says of itself in one datacenter: its servers, their raft and its quorum, who takes part in the gossip. Part of `/api/v1/system`;
 * it changes only by addition.
 */

/** One thing that Consul is asked for: where, when it last answered, and what has stood in the way since. */
export const readingSchema = z.object({
  /** Path of Consul's endpoint. */
  source: z.string(),
  /** When it was last read, ISO 8601; null: never. */
  readAt: z.iso.datetime().nullable(),
  /** Why the last attempt brought nothing, a sentence; null: it did, or there was none yet. */
  problem: z.string().nullable(),
  /** The ACL rule that would allow it; null: none is known to be missing. */
  missingRule: z.string().nullable(),
});
export type Reading = z.infer<typeof readingSchema>;

const gossipStatusSchema = z.enum(['alive', 'leaving', 'left', 'failed', 'unknown']);
/** Serf's word for a member; `unknown`: not among the members that were read. */
export type GossipStatus = z.infer<typeof gossipStatusSchema>;

const consulServerSchema = z.object({
  /** Null where nobody says. */
  id: z.string().nullable(),
  /** Its address where its name is not known. */
  name: z.string(),
  /** `host:port` of its RPC. */
  address: z.string(),
  version: z.string().nullable(),
  gossip: gossipStatusSchema,
  /** False: it takes no part in elections, or is no raft peer (any more); null: not told. */
  voter: z.boolean().nullable(),
  leader: z.boolean(),
  /** Autopilot's judgement; null: not told. */
  healthy: z.boolean().nullable(),
  /** Since it last heard from the leader, as the leader saw it, ms. */
  lastContactMs: z.number().nullable(),
  /** Of its raft log. */
  lastIndex: z.number().int().nullable(),
  /** Since when autopilot judges so, ISO 8601. */
  stableSince: z.string().nullable(),
});
export type ConsulServer = z.infer<typeof consulServerSchema>;

const quorumSchema = z.object({
  /**
   * `kept`: there is a leader, which a quorum elected; `lost`: too few voters are reachable to elect one; `electing`: enough are, and there
   * is no leader; `unknown`: it cannot be told.
   */
  state: z.enum(['kept', 'lost', 'electing', 'unknown']),
  voters: z.number().int(),
  /** Voters that are alive in the gossip as the asked agent sees it. */
  reachable: z.number().int(),
  /** Voters that are not among the members that could be read. */
  unseen: z.number().int(),
  /** Voters that an election takes. */
  needed: z.number().int(),
  sentence: z.string(),
});
export type Quorum = z.infer<typeof quorumSchema>;

const gossipMemberSchema = z.object({
  name: z.string(),
  address: z.string(),
  status: gossipStatusSchema,
  server: z.boolean(),
  /** Empty where it does not say. */
  version: z.string(),
});
export type GossipMember = z.infer<typeof gossipMemberSchema>;

const gossipSchema = z.object({
  /** `lan`: every agent of the datacenter; `wan`: its servers alone, as servers of other datacenters see them. */
  pool: z.enum(['lan', 'wan']),
  alive: z.number().int(),
  leaving: z.number().int(),
  left: z.number().int(),
  failed: z.number().int(),
  /** Those that are not alive first, then servers, then names; so many at most as are worth a look. */
  members: z.array(gossipMemberSchema),
  /** How many more there are. */
  notListed: z.number().int(),
});
export type Gossip = z.infer<typeof gossipSchema>;

const versionCountSchema = z.object({ version: z.string(), servers: z.number().int(), clients: z.number().int() });
export type VersionCount = z.infer<typeof versionCountSchema>;

export const consulHealthSchema = z.object({
  readings: z.object({
    leader: readingSchema,
    peers: readingSchema,
    raft: readingSchema,
    autopilot: readingSchema,
    members: readingSchema,
  }),
  /** `host:port` of the leader; null: there is none, or it is not known. */
  leader: z.string().nullable(),
  quorum: quorumSchema,
  /** By name. */
  servers: z.array(consulServerSchema),
  /** How many more servers may be lost, as autopilot says; null: not told. */
  failureTolerance: z.number().int().nullable(),
  /** Null where no member could be read. */
  gossip: gossipSchema.nullable(),
  /** Of the agents that were seen, newest first. */
  versions: z.array(versionCountSchema),
});
export type ConsulHealth = z.infer<typeof consulHealthSchema>;
