import { z } from 'zod';
import { mechanismSchema } from './mechanism';

/** How a service's traffic is divided between its versions: `/api/v1/splits/…` and the topic `splits`. Field names are public; they change only by addition. */

const isoTime = z.iso.datetime();

/** Percent by version, in steps of 0.01, 100 in sum. */
export const sharesSchema = z.record(z.string(), z.number().min(0).max(100));
export type Shares = z.infer<typeof sharesSchema>;

/** `preparing` and `decommissioning` versions get no more traffic than they have. */
const versionStages = ['preparing', 'active', 'decommissioning'] as const;
export const versionStageSchema = z.enum(versionStages);
export type VersionStage = z.infer<typeof versionStageSchema>;

const splitVersionSchema = z.object({
  version: z.string(),
  instances: z.number().int(),
  /** Those that take traffic now: passing or warning, with a check of their own that has been seen passing. */
  inTraffic: z.number().int(),
  /** Without any check: registered, never verified. They get no share. */
  unverified: z.number().int(),
  stage: versionStageSchema,
});
export type SplitVersion = z.infer<typeof splitVersionSchema>;

const mechanismStateSchema = z.object({
  mechanism: mechanismSchema,
  /** It can move this service here. */
  can: z.boolean(),
  /** Why not, or what to know before, a sentence; null: nothing. */
  reason: z.string().nullable(),
  /** Null: it declares nothing. */
  declared: sharesSchema.nullable(),
  /** What declares it: `dc1 config service-splitter/payment`; null: nothing does. */
  source: z.string().nullable(),
  /** Highest ModifyIndex of what was read; null: nothing is there. */
  index: z.number().int().nullable(),
});
export type MechanismState = z.infer<typeof mechanismStateSchema>;

/** Requests with this header go to this version, whatever the shares say. The first that fits wins. */
export const headerRouteSchema = z.object({
  header: z.string().min(1),
  value: z.string().min(1),
  version: z.string().min(1),
});
export type HeaderRoute = z.infer<typeof headerRouteSchema>;

/** What a person wants. What is absent stays as it stands. */
export const splitWishSchema = z.strictObject({
  mechanism: mechanismSchema,
  shares: sharesSchema.optional(),
  routes: z.array(headerRouteSchema).max(50).optional(),
  /** Datacenters that stand in, in this order. */
  failover: z.array(z.string().min(1)).max(20).optional(),
  stages: z.record(z.string(), versionStageSchema).optional(),
});
export type SplitWish = z.infer<typeof splitWishSchema>;

/** What was really seen to be divided. */
const observationSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('observed'),
    /** Which series: `HAProxy`, `Envoy`, `Istio`, or the name in the configuration. */
    source: z.string(),
    /** The mechanism that is obeyed by what it counts; null or absent: not known. */
    obeys: mechanismSchema.nullable().optional(),
    shares: sharesSchema,
    /** Requests by version in the window. */
    requests: z.record(z.string(), z.number()),
    /** Requests a second by version. */
    ratePerSecond: z.record(z.string(), z.number()),
    windowMs: z.number().int(),
    /** Of the newest sample. */
    at: isoTime,
    /** How old the newest sample was when it was read, ms. */
    lagMs: z.number().int(),
  }),
  /** With the reason, a sentence. */
  z.object({ state: z.literal('not-observed'), reason: z.string() }),
]);
export type Observation = z.infer<typeof observationSchema>;

/** How declared and observed stand to each other. */
const splitVerdictSchema = z.object({
  state: z.enum(['settled', 'moving', 'not-moving', 'not-observed']),
  since: isoTime,
  /** A sentence for a person; null where settled. */
  reason: z.string().nullable(),
});
export type SplitVerdict = z.infer<typeof splitVerdictSchema>;

/** What stands differs from what was written through Lictor. */
const driftSchema = z.object({
  since: isoTime,
  wished: sharesSchema,
  declared: sharesSchema.nullable(),
  /** Each thing that differs, with what Lictor wrote and what stands. */
  differences: z.array(z.object({ target: z.string(), before: z.json(), after: z.json() })),
});
export type Drift = z.infer<typeof driftSchema>;

const splitRecordSchema = z.object({
  /** `<dc>/<name>`, each segment percent-encoded. */
  key: z.string(),
  dc: z.string(),
  name: z.string(),
  /** What divides its traffic now; null: nothing does. */
  mechanism: mechanismSchema.nullable(),
  wish: sharesSchema.nullable(),
  declared: sharesSchema.nullable(),
  observed: sharesSchema.nullable(),
  versions: z.array(splitVersionSchema),
  /** Consul's index of what declares; null: nothing does. */
  index: z.number().int().nullable(),
  mechanisms: z.array(mechanismStateSchema),
  routes: z.array(headerRouteSchema),
  failover: z.array(z.string()),
  /** Who wished it, and when; null: nobody did through Lictor. */
  wished: z.object({ by: z.string(), at: isoTime, mechanism: mechanismSchema }).nullable(),
  /** When Lictor saw what is declared begin. */
  declaredSince: isoTime.nullable(),
  observation: observationSchema,
  verdict: splitVerdictSchema,
  drift: driftSchema.nullable(),
  /** A plan that was begun and is not over: a sentence; null: none is. */
  unfinished: z.string().nullable(),
  /** Why nothing can be written now (a datacenter that is not live, read-only, rights), a sentence; null: it can. */
  writeRefusal: z.string().nullable(),
  /** What `If-Match` takes, quotes included. */
  etag: z.string(),
});
export type SplitRecord = z.infer<typeof splitRecordSchema>;

const stamp = { epoch: z.number().int(), seq: z.number().int(), at: isoTime };

export const splitBodySchema = splitRecordSchema.extend(stamp);
export type SplitBody = z.infer<typeof splitBodySchema>;

/** Services with more than one version, a wish, or something that declares a split. */
export const splitsBodySchema = z.object({ ...stamp, splits: z.array(splitRecordSchema) });
export type SplitsBody = z.infer<typeof splitsBodySchema>;

/** What to know before a write. `danger`: it takes away what could take the traffic back, or sends it to nothing it can serve. */
const splitWarningSchema = z.object({
  severity: z.enum(['note', 'warning', 'danger']),
  /** Stable: `over-capacity`, `old-too-small`, `rounded` … */
  code: z.string(),
  sentence: z.string(),
});
export type SplitWarning = z.infer<typeof splitWarningSchema>;

export const splitPreviewSchema = z.object({
  mechanism: mechanismSchema,
  /** Null `before`: there is nothing yet; null `after`: it is taken away. */
  writes: z.array(z.object({ target: z.string(), before: z.json(), after: z.json() })),
  warnings: z.array(splitWarningSchema),
  /** What will be declared, after the mechanism's grain. */
  declares: sharesSchema.nullable(),
  /** Largest difference to the wish, percentage points. */
  roundingError: z.number(),
  etag: z.string(),
});
export type SplitPreview = z.infer<typeof splitPreviewSchema>;
