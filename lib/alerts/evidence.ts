import { z } from 'zod';

/** Why an alert is there, by the kind of its rule. Public; it changes only by addition. Times are ISO 8601 in UTC, durations ms. */

const isoTime = z.iso.datetime();
const count = z.number().int().nonnegative();

/** One width of slots, 20 of which are looked at together; the oldest comes first. */
const flapScaleSchema = z.object({
  slotMs: count,
  /** When the newest slot began. */
  newestFrom: isoTime,
  /** 20 letters, the oldest first: `.` calm, `x` changed, `?` not watched. */
  slots: z.string(),
  /** Changes in each of these slots. */
  changes: z.array(count),
  /** Percent, at least and at most; they differ by what nobody watched. */
  leastScore: z.number(),
  mostScore: z.number(),
  beginsAbove: z.number(),
  endsBelow: z.number(),
});
export type FlapScaleEvidence = z.infer<typeof flapScaleSchema>;

/** A check, an instance, a node or a service that flaps. */
const flapMemberSchema = z.object({
  /** Of the instance, the node or the service. */
  key: z.string(),
  subject: z.enum(['instance', 'node', 'service']),
  /** Service id of an instance; else the name. */
  name: z.string(),
  /** Of an instance and a node: its node. */
  node: z.string().nullable(),
  /** A check's id; null: its status in sum. */
  check: z.string().nullable(),
  since: isoTime,
  /** Changes since it began; `atLeast`: there may have been more. */
  changes: count,
  atLeast: z.boolean(),
  lastAt: isoTime.nullable(),
  /** From one recovery to the next; null: it keeps no period. */
  periodMs: z.number().nullable(),
});
export type FlapMember = z.infer<typeof flapMemberSchema>;

const part = z.object({ flapping: count, all: count });

/** As `lib/flapping/flap-causes`. */
const flapCauseSchema = z.discriminatedUnion('id', [
  z.object({ id: z.literal('timeout-not-below-interval'), intervalMs: z.number(), timeoutMs: z.number() }),
  z.object({ id: z.literal('in-step-with-interval'), intervalMs: z.number(), periodMs: z.number() }),
  z.object({ id: z.literal('one-node'), node: z.string(), onNode: part, elsewhere: part }),
  z.object({ id: z.literal('one-check'), check: z.string(), checks: count }),
  z.object({ id: z.literal('deployments'), deployments: count, falls: count, soonAfter: count, withinMs: z.number() }),
]);

/** An instance that is part of what an alert tells. */
const alertInstanceSchema = z.object({
  key: z.string(),
  id: z.string(),
  node: z.string(),
  /** The first check that says so; null: none is known. */
  check: z.string().nullable(),
  since: isoTime,
  sinceAtLeast: z.boolean(),
});
export type AlertInstance = z.infer<typeof alertInstanceSchema>;

/** Of a list in an evidence the first so many are told, the number of all beside it. */
export const MOST_MEMBERS = 50;

export const evidenceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('flapping'),
    /** Of the member with the highest score; the fastest scale first. */
    scales: z.array(flapScaleSchema),
    /** Of all members. */
    changes: count,
    atLeast: z.boolean(),
    periodMs: z.number().nullable(),
    causes: z.array(flapCauseSchema),
    /** The worst first, `MOST_MEMBERS` at most; an instance whose check is among them is not told once more. */
    members: z.array(flapMemberSchema),
    /** Instances of the service (or services on the node) that flap, and all of them. */
    flapping: count,
    all: count,
  }),
  z.object({
    kind: z.literal('critical'),
    /** Longer than this, ms. */
    longerThanMs: count,
    instances: z.array(alertInstanceSchema),
    critical: count,
    all: count,
  }),
  z.object({ kind: z.literal('few-healthy'), healthy: count, least: count, all: count }),
  z.object({
    kind: z.literal('critical-share'),
    critical: count,
    all: count,
    /** Percent. */
    share: z.number(),
    above: z.number(),
  }),
  z.object({
    kind: z.literal('node-critical'),
    /** Ids of its critical checks. */
    checks: z.array(z.string()),
    /** Names of the services that run there, `MOST_MEMBERS` at most. */
    services: z.array(z.string()),
    serviceCount: count,
    instances: count,
  }),
  z.object({ kind: z.literal('no-leader'), lastContactMs: count.nullable() }),
  z.object({
    kind: z.literal('datacenter-lost'),
    freshness: z.enum(['stale', 'lost', 'denied']),
    /** When it last answered; null: never. */
    lastContactAt: isoTime.nullable(),
    reason: z.string().nullable(),
  }),
  z.object({ kind: z.literal('mass-disappearance'), instances: count, nodes: count, reason: z.string() }),
  z.object({
    kind: z.literal('expiry'),
    what: z.enum(['certificate', 'token']),
    /** What it is for: `Consul at 127.0.0.1:8501`, `Lictor’s own`. Never a secret. */
    name: z.string(),
    expiresAt: isoTime,
  }),
  z.object({ kind: z.literal('watchdog') }),
]);
export type Evidence = z.infer<typeof evidenceSchema>;
export type FlapEvidence = Extract<Evidence, { kind: 'flapping' }>;
