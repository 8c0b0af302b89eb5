import type { AlertSubject } from '@/lib/alerts/alert-body';
import { alertId } from '@/lib/alerts/alert-id';
import type { Condition } from '@/lib/alerts/condition';
import type { AlertRule } from '@/lib/alerts/rule';

/** Since when something holds; `sinceAtLeast`: it began then or before. ms since 1970. */
export type Began = Pick<Condition, 'sinceMs' | 'sinceAtLeast'>;

/** What a rule says of a subject. */
export function conditionOf(
  { alert, severity, for: forMs, keep_firing_for: keepFiringForMs, labels, annotations }: AlertRule,
  subject: AlertSubject,
  told: Began &
    Pick<Condition, 'evidence'> & { readonly explainedBy?: readonly string[]; readonly standsFor?: string | null },
): Condition {
  const { sinceMs, sinceAtLeast, evidence, explainedBy = [], standsFor = null } = told;
  const id = alertId(alert, subject.key);
  return {
    ...{ id, rule: alert, subject, severity, forMs, keepFiringForMs },
    ...{ sinceMs, sinceAtLeast, evidence, explainedBy, standsFor, labels, annotations },
  };
}
