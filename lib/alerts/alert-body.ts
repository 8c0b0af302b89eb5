import { z } from 'zod';
import { freshnessStateSchema, stamp } from '@/lib/fleet/model';
import { evidenceSchema } from './evidence';

/** Alerts as they are published: the body of `/api/v1/alerts` and the topic `alerts`. Field names are public; they change only by addition. */

const isoTime = z.iso.datetime();

/**
 * `pending`: it holds, not yet as long as its rule asks. `suppressed`: a greater one has the same cause. `silenced` and `acknowledged` fire on, and nobody is called.
 * `resolved`: it is over.
 */
export const alertStates = ['pending', 'firing', 'acknowledged', 'silenced', 'suppressed', 'resolved'] as const;
export const alertStateSchema = z.enum(alertStates);
export type AlertState = z.infer<typeof alertStateSchema>;

export const severities = ['critical', 'warning', 'info'] as const;
export const severitySchema = z.enum(severities);
export type Severity = z.infer<typeof severitySchema>;

export const alertSubjectSchema = z.object({
  kind: z.enum(['service', 'node', 'datacenter', 'lictor']),
  /** The public key; `lictor` for what is Lictor's own. */
  key: z.string(),
  /** Empty for Lictor's own. */
  dc: z.string(),
  name: z.string(),
});
export type AlertSubject = z.infer<typeof alertSubjectSchema>;

const acknowledgementSchema = z.object({ by: z.string(), at: isoTime, note: z.string() });
export type Acknowledgement = z.infer<typeof acknowledgementSchema>;

const alertRecordSchema = z.object({
  /** `<rule>:<key of the subject>`: the same as often as it comes again. Percent-encode it whole in a path. */
  id: z.string(),
  /** The rule's name. */
  rule: z.string(),
  /** Key of the subject. */
  key: z.string(),
  subject: alertSubjectSchema,
  severity: severitySchema,
  state: alertStateSchema,
  /** When what it tells began. */
  since: isoTime,
  sinceAtLeast: z.boolean(),
  /** When it began to fire; null: it has not. */
  firedAt: isoTime.nullable(),
  resolvedAt: isoTime.nullable(),
  /** One English sentence. */
  summary: z.string(),
  evidence: evidenceSchema,
  /** Of its datacenter: what is not live is as it was last seen. Null: it has none. */
  freshness: freshnessStateSchema.nullable(),
  acknowledged: acknowledgementSchema.nullable(),
  /** Ids of Lictor's silences that hold for it now. */
  silencedBy: z.array(z.string()),
  /** Id of the alert that tells its cause; null: none does. */
  suppressedBy: z.string().nullable(),
  /** Ids of alerts whose cause this one tells. */
  suppresses: z.array(z.string()),
  /** Comments of the silences in Alertmanager that hold for it. */
  silencedElsewhere: z.array(z.object({ outlet: z.string(), by: z.string(), comment: z.string(), to: isoTime })),
  /** What `If-Match` takes, quotes included. It stays while only the evidence grows. */
  etag: z.string(),
});
export type AlertRecord = z.infer<typeof alertRecordSchema>;

export const silenceSchema = z.object({
  id: z.string(),
  /** In the filter language, over alerts. */
  filter: z.string(),
  from: isoTime,
  to: isoTime,
  reason: z.string(),
  by: z.string(),
  createdAt: isoTime,
  state: z.enum(['scheduled', 'active', 'expired']),
  /** Present alerts that it holds for. */
  matches: z.number().int(),
  etag: z.string(),
});
export type Silence = z.infer<typeof silenceSchema>;

/** Where alerts are sent. */
const outletSchema = z.object({
  /** Unique: `alertmanager 127.0.0.1:9093`, or a webhook's name. */
  name: z.string(),
  kind: z.enum(['alertmanager', 'webhook']),
  /** Without user information. */
  url: z.string(),
  /** `idle`: another Lictor leads, which sends. */
  state: z.enum(['ok', 'failing', 'idle', 'starting']),
  /** Why it fails, a sentence. */
  reason: z.string().nullable(),
  lastOkAt: isoTime.nullable(),
  /** What waits to be sent. */
  waiting: z.number().int(),
  /** Webhook deliveries that were given up. */
  deadLetters: z.number().int(),
  /** Of Alertmanager: its silences that hold now. */
  silences: z.array(
    z.object({ id: z.string(), matchers: z.string(), from: isoTime, to: isoTime, by: z.string(), comment: z.string() }),
  ),
});
export type Outlet = z.infer<typeof outletSchema>;

const rulesStateSchema = z.object({
  /** Where the rules come from: `defaults`, `record` (saved by a person), or the path of a file. */
  source: z.string(),
  loadedAt: isoTime,
  rules: z.number().int(),
  /** Newer rules that could not be used; those before them stay. Null: none. */
  error: z.object({ line: z.number().int().nullable(), reason: z.string(), at: isoTime }).nullable(),
});
export type RulesState = z.infer<typeof rulesStateSchema>;

export const alertsBodySchema = z.object({
  ...stamp,
  /** Whatever is not resolved, and what was resolved within 24 h, 500 at most; sorted by id. */
  items: z.array(alertRecordSchema),
  /** Those that are not over, and such as ended within 24 h; sorted by id. */
  silences: z.array(silenceSchema),
  /** Sorted by name. */
  outlets: z.array(outletSchema),
  rules: rulesStateSchema,
  /** Why nobody can change anything about them here (read-only, or strangers could), a sentence; null or absent: it can be changed. */
  writeRefusal: z.string().nullable().optional(),
});
export type AlertsBody = z.infer<typeof alertsBodySchema>;

/** `GET /api/v1/alerts/:id`. */
export const alertBodySchema = alertRecordSchema.extend({
  ...stamp,
  /** What happened to it, the oldest first: its states, acknowledgements and where it was sent; 200 at most. */
  history: z.array(z.object({ at: isoTime, from: z.string().nullable(), to: z.string() })),
  /** Of something that flaps: of its worst member. */
  flap: z
    .object({
      member: z.string(),
      /** Percent at the end of each slot, by scale. */
      scores: z.array(z.object({ slotMs: z.number().int(), atMs: z.array(z.number()), score: z.array(z.number()) })),
      /** The newest 100. */
      transitions: z.array(
        z.object({
          at: isoTime,
          from: z.string(),
          to: z.string(),
          merged: z.boolean(),
          instance: z.string().nullable(),
        }),
      ),
    })
    .nullable(),
});
export type AlertBody = z.infer<typeof alertBodySchema>;

/** One webhook delivery that was given up. */
const deadLetterSchema = z.object({
  id: z.string(),
  outlet: z.string(),
  firstTriedAt: isoTime,
  givenUpAt: isoTime,
  tries: z.number().int(),
  /** Of the last try, a sentence. */
  reason: z.string(),
  /** Ids of the alerts in it, 50 at most, and their number. */
  alerts: z.array(z.string()),
  alertCount: z.number().int(),
  etag: z.string(),
});
export type DeadLetter = z.infer<typeof deadLetterSchema>;

export const deadLettersBodySchema = z.object({ items: z.array(deadLetterSchema) });

/** A person's wishes. */
export const acknowledgeSchema = z.strictObject({ note: z.string().max(1_000) });
export const silenceWishSchema = z.strictObject({
  filter: z.string().max(2_000),
  from: isoTime.optional().describe('Absent: now'),
  to: isoTime,
  reason: z.string().trim().min(1).max(1_000),
  /** It holds for everything there is: said once more. */
  confirmAll: z.boolean().optional(),
});
export type SilenceWish = z.infer<typeof silenceWishSchema>;
export const silencePreviewSchema = z.object({
  /** Present alerts that it would hold for, and how many there are. */
  matches: z.array(z.string()),
  alerts: z.number().int(),
  /** It holds for whatever comes: it must be said once more. */
  matchesAll: z.boolean(),
  /** What fired within 7 days and would have been silenced. */
  lately: z.number().int(),
});
export type SilencePreview = z.infer<typeof silencePreviewSchema>;

/** `GET /api/v1/alert-rules`: the text as it was written, with its ETag. */
export const alertRulesBodySchema = z.object({
  text: z.string(),
  state: rulesStateSchema,
  /** Why it cannot be saved here (a file is the truth, read-only), a sentence; null: it can. */
  saveRefusal: z.string().nullable(),
  etag: z.string(),
});
export type AlertRulesBody = z.infer<typeof alertRulesBodySchema>;

export const rulesTrialWishSchema = z.strictObject({
  text: z.string().max(200_000),
  from: isoTime.optional().describe('Absent: 7 days ago'),
  to: isoTime.optional(),
});
/** What would have alerted. */
export const rulesTrialSchema = z.object({
  from: isoTime,
  to: isoTime,
  /** Where the record begins later than asked. */
  recordedFrom: isoTime.nullable(),
  transitions: z.number().int(),
  /** By rule, as written. */
  rules: z.array(
    z.object({
      rule: z.string(),
      when: z.string(),
      /** A sentence where the record does not hold what it asks for: it was not tried. */
      notTried: z.string().nullable(),
      fired: z.number().int(),
      suppressed: z.number().int(),
      /** With the rules in force, for comparison. */
      firedNow: z.number().int(),
      firingMs: z.number(),
    }),
  ),
  /** The newest 200. */
  items: z.array(
    z.object({
      rule: z.string(),
      key: z.string(),
      severity: severitySchema,
      since: isoTime,
      firedAt: isoTime,
      resolvedAt: isoTime.nullable(),
      summary: z.string(),
      suppressed: z.boolean(),
    }),
  ),
  /** It was cut: there was more than can be tried at once; a sentence. */
  cut: z.string().nullable(),
  cutBy: z.enum(['transitions', 'time']).nullable(),
});
export type RulesTrial = z.infer<typeof rulesTrialSchema>;
