import { z } from 'zod';
import { type RecordedTransition, subjectKinds, transitionKinds } from './transition';

const isoTime = z.iso.datetime();

/** An item of `/api/v1/transitions`. */
const transitionItemSchema = z.object({
  id: z.number().int(),
  observedAt: isoTime,
  index: z.number().int().nullable(),
  dc: z.string(),
  /** The subject's key. */
  subject: z.string(),
  subjectKind: z.enum(subjectKinds),
  service: z.string().nullable(),
  node: z.string().nullable(),
  kind: z.enum(transitionKinds),
  item: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  merged: z.boolean(),
  /** Null: it was watched; else it happened between this moment and `observedAt`. */
  unwatchedFrom: isoTime.nullable(),
});
export type TransitionItem = z.infer<typeof transitionItemSchema>;

export const transitionsBodySchema = z.object({
  items: z.array(transitionItemSchema),
  /** For `cursor`; null: there is no more. */
  next: z.string().nullable(),
});
export type TransitionsBody = z.infer<typeof transitionsBodySchema>;

/** A transition as the API answers it. */
export function transitionItem(transition: RecordedTransition): TransitionItem {
  const { id, observedAtMs, index, subject, kind, item, from, to, merged, unwatchedFromMs } = transition;
  return {
    ...{ id, observedAt: new Date(observedAtMs).toISOString(), index, dc: subject.dc },
    ...{ subject: subject.key, subjectKind: subject.kind, service: subject.service, node: subject.node },
    ...{ kind, item, from, to, merged },
    unwatchedFrom: unwatchedFromMs === null ? null : new Date(unwatchedFromMs).toISOString(),
  };
}
