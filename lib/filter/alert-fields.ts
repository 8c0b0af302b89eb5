import type { AlertRecord } from '@/lib/alerts/alert-body';
import { ALERT_STATES, FROM_GRAVE } from '@/lib/alerts/alert-state';
import type { FilterSchema } from './schema';

const nameOf =
  (...kinds: readonly AlertRecord['subject']['kind'][]) =>
  ({ subject }: AlertRecord): string[] =>
    kinds.includes(subject.kind) ? [subject.name] : [];

/** Alerts. `service` and `node` are what an alert is about, never what it only names: a silence for a service must not hold for the node it runs on. */
export const alertFields: FilterSchema<AlertRecord> = {
  subject: 'alerts',
  words: ({ summary, subject, id }) => [summary, subject.name, id],
  fields: {
    alert: { type: 'text', of: ({ rule }) => [rule] },
    severity: { type: 'choice', choices: FROM_GRAVE, of: ({ severity }) => [severity] },
    state: { type: 'choice', choices: ALERT_STATES, of: ({ state }) => [state] },
    dc: { type: 'exact', of: ({ subject }) => (subject.dc === '' ? [] : [subject.dc]) },
    service: { type: 'text', of: nameOf('service') },
    node: { type: 'text', of: nameOf('node') },
    instance: { type: 'text', of: instanceIds },
    since: { type: 'age', of: ({ since, sinceAtLeast }) => ({ ms: Date.parse(since), atLeast: sinceAtLeast }) },
  },
};

/** Service ids of the instances that its evidence names. */
function instanceIds({ evidence }: AlertRecord): string[] {
  if (evidence.kind === 'critical') return evidence.instances.map(({ id }) => id);
  if (evidence.kind !== 'flapping') return [];
  return evidence.members.filter(({ subject }) => subject === 'instance').map(({ name }) => name);
}
