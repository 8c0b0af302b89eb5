import { z } from 'zod';
import { fleetBodySchema } from '@/lib/fleet/model';
import type { ChangeEvent } from '@/lib/stream/protocol';
import { transitionKinds } from './transition';

/** Bodies of the API's answers about the past. Times are ISO 8601 in UTC, durations in ms. */

const isoTime = z.iso.datetime();
const statusSchema = z.enum(['passing', 'warning', 'critical', 'maintenance', 'unknown']);

export const MOST_BUCKETS = 1_000;
export const MOST_MARKS = 500;

const bucketSchema = z.object({
  at: isoTime,
  /** Instances in each status at the bucket's worst moment. */
  passing: z.number().int(),
  warning: z.number().int(),
  critical: z.number().int(),
  maintenance: z.number().int(),
  /** Instances that were there, of a status that nobody could tell. */
  unknown: z.number().int(),
  /** How much of the bucket nobody saw. All of it: the counts are 0 and say nothing. */
  unknownMs: z.number().int(),
});
export type TimelineBucket = z.infer<typeof bucketSchema>;

const gapSchema = z.object({ dc: z.string(), from: isoTime, to: isoTime.nullable(), reason: z.string() });
export type GapItem = z.infer<typeof gapSchema>;

const markSchema = z.object({
  at: isoTime,
  /** Null: a moment; else it lasted until then. */
  until: isoTime.nullable(),
  kind: z.enum(transitionKinds),
  dc: z.string(),
  /** Of the subject. */
  key: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** Of an alert: its id. */
  item: z.string().optional(),
});
export type TimelineMark = z.infer<typeof markSchema>;

/** Instance-ms in each status; `unknown` is the instance-ms that nobody saw. */
const timeInSchema = z.object({
  passing: z.number(),
  warning: z.number(),
  critical: z.number(),
  maintenance: z.number(),
  unknown: z.number(),
});
export type TimeIn = z.infer<typeof timeInSchema>;

/** `/api/v1/timeline`: of one datacenter, service, node or instance, or of everything. */
export const timelineBodySchema = z.object({
  from: isoTime,
  to: isoTime,
  stepMs: z.number().int(),
  buckets: z.array(bucketSchema).max(MOST_BUCKETS),
  /** Passing instance-ms over known instance-ms without maintenance, 0 to 1; null: nothing is known. */
  availability: z.number().nullable(),
  timeInMs: timeInSchema,
  gaps: z.array(gapSchema),
  /** In order, at most `MOST_MARKS`. */
  marks: z.array(markSchema),
  /** Marks that were left out. */
  hiddenMarks: z.number().int(),
  /** The first moment that the record knows of this; null: none. Before it nothing is drawn. */
  recordedFrom: isoTime.nullable(),
});
export type TimelineBody = z.infer<typeof timelineBodySchema>;

const barSchema = z.object({ from: isoTime, to: isoTime, status: z.enum([...statusSchema.options, 'absent']) });
export type LaneBar = z.infer<typeof barSchema>;

const laneSchema = z.object({
  key: z.string(),
  kind: z.enum(['service', 'instance', 'node']),
  dc: z.string(),
  name: z.string(),
  /** At the end of the range. */
  status: statusSchema,
  availability: z.number().nullable(),
  timeInMs: timeInSchema,
  /** In order, without overlap; what is between two bars was passing, a gap is a bar of `unknown`, and `absent` is when it was not there. At most 500: the longest and worst are kept. */
  bars: z.array(barSchema),
  /** Bars that were left out. */
  hidden: z.number().int(),
});
export type Lane = z.infer<typeof laneSchema>;

/** `/api/v1/lanes`: services of a datacenter or of all, instances of a service or a node; the worst first. */
export const lanesBodySchema = z.object({
  from: isoTime,
  to: isoTime,
  /** How many there are in all, and how many of them were passing throughout. */
  total: z.number().int(),
  quiet: z.number().int(),
  lanes: z.array(laneSchema),
});
export type LanesBody = z.infer<typeof lanesBodySchema>;

/** `/api/v1/replay`: the fleet at `from`, and what changed from then to `to`, for the same fold as the stream's. */
export const replayBodySchema = z.object({
  from: isoTime,
  to: isoTime,
  snapshot: fleetBodySchema,
  changes: z.array(z.custom<ChangeEvent>()),
  gaps: z.array(gapSchema),
});
export type ReplayBody = z.infer<typeof replayBodySchema>;

/** `/api/v1/history`: the store itself. */
export const historyBodySchema = z.object({
  store: z.enum(['sqlite', 'postgres']),
  state: z.enum(['opening', 'writing', 'following', 'down']),
  /** Sentences for a person: what was moved aside, what was dropped for want of room, why nothing is written. */
  notices: z.array(z.object({ at: isoTime, text: z.string() })),
  oldest: isoTime.nullable(),
  newest: isoTime.nullable(),
  transitions: z.number().int(),
  bytes: z.number().int().nullable(),
  maxBytes: z.number().int(),
  /** Waiting to be written. */
  queued: z.number().int(),
  /** Given up for want of room in the queue; each such span is a gap. */
  dropped: z.number().int(),
});
export type HistoryBody = z.infer<typeof historyBodySchema>;
