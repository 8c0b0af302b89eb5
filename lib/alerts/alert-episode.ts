import { z } from 'zod';
import { type Acknowledgement, alertSubjectSchema, severitySchema } from './alert-body';
import type { AlertPhase } from './alert-state';
import type { Condition } from './condition';
import { evidenceSchema } from './evidence';

const ms = z.number();
const texts = z.record(z.string(), z.string());

const conditionSchema = z.object({
  id: z.string(),
  rule: z.string(),
  subject: alertSubjectSchema,
  severity: severitySchema,
  forMs: ms,
  keepFiringForMs: ms,
  sinceMs: ms,
  sinceAtLeast: z.boolean(),
  evidence: evidenceSchema,
  explainedBy: z.array(z.string()),
  standsFor: z.string().nullable().optional(),
  labels: texts,
  annotations: texts,
});

/** An alert as it is kept over a restart. Times are ms since 1970. */
export const savedAlertSchema = z.object({
  scope: z.string(),
  dc: z.string(),
  condition: conditionSchema,
  phase: z.enum(['pending', 'firing', 'resolved']),
  sinceMs: ms,
  sinceAtLeast: z.boolean(),
  firedAtMs: ms.nullable(),
  calledAtMs: ms.nullable(),
  resolvedAtMs: ms.nullable(),
  /** When the one before it ended; null: none is known. */
  afterMs: ms.nullable(),
  holds: z.boolean(),
  /** What is missing until it fires, or until one that does not hold any more is over. */
  leftMs: ms.nullable(),
});
export type SavedAlert = z.infer<typeof savedAlertSchema>;

/** From when something held until it was over; the next time is another episode of the same alert. */
export interface Episode {
  readonly id: string;
  scope: string;
  readonly dc: string;
  condition: Condition;
  phase: AlertPhase;
  sinceMs: number;
  sinceAtLeast: boolean;
  firedAtMs: number | null;
  /** When it first fired without a greater one that tells its cause: what never did is nobody's business. */
  calledAtMs: number | null;
  resolvedAtMs: number | null;
  readonly afterMs: number | null;
  /** False: it ceased, and fires on for a while. */
  holds: boolean;
  /** It is as it was before a restart; nothing was told of it yet. */
  restored: boolean;
  /** Until it fires, or is over, in watched time. `fromMs` null: the clock stands. Null: nothing is awaited. */
  timer: { readonly leftMs: number; readonly fromMs: number | null } | null;
  acknowledged: Acknowledgement | null;
}

/** Whether a person's word of that time is about this episode. Another Lictor may have seen it begin at another time than this one. */
export function isAbout(episode: Episode, { since, at }: { since: string; at: string }): boolean {
  const atMs = Date.parse(at);
  return Date.parse(since) === episode.sinceMs || (atMs >= episode.sinceMs && atMs >= (episode.afterMs ?? 0));
}

/** Watched time that is still missing. */
export const leftOf = ({ leftMs, fromMs }: NonNullable<Episode['timer']>, steadyMs: number): number =>
  fromMs === null ? leftMs : Math.max(0, leftMs - Math.max(0, steadyMs - fromMs));

export function newEpisode(
  begun: Pick<Episode, 'id' | 'scope' | 'dc' | 'condition' | 'sinceMs' | 'sinceAtLeast' | 'afterMs'>,
): Episode {
  return {
    ...begun,
    phase: 'pending',
    firedAtMs: null,
    calledAtMs: null,
    resolvedAtMs: null,
    holds: true,
    restored: false,
    timer: null,
    acknowledged: null,
  };
}

export function restoredEpisode({ leftMs, ...alert }: SavedAlert): Episode {
  const timer = leftMs === null ? null : { leftMs, fromMs: null };
  return { ...alert, id: alert.condition.id, restored: alert.phase !== 'resolved', timer, acknowledged: null };
}

export function savedAlert(episode: Episode, steadyMs: number): SavedAlert {
  const { scope, dc, condition, phase, sinceMs, sinceAtLeast, firedAtMs, calledAtMs, resolvedAtMs, afterMs } = episode;
  const { holds, timer } = episode;
  return {
    ...{ scope, dc, phase, sinceMs, sinceAtLeast, firedAtMs, calledAtMs, resolvedAtMs, afterMs, holds },
    condition: { ...condition, explainedBy: [...condition.explainedBy] },
    leftMs: timer && leftOf(timer, steadyMs),
  };
}
