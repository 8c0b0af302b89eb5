import type { SentAlert } from '@/server/alerts/outlet-parts';
import type { SilenceAnswer } from './alertmanager-answers';
import { ALERT_LABEL, labelOf } from './posted-alert';
import type { OwnSilence } from './silence-plan';

/** Who makes Lictor's silences there: any Lictor that leads knows those of one before it by this and their matcher. */
const CREATED_BY = 'Lictor';

/** Null: it is another's. */
export function ownSilence({ id, matchers, createdBy, startsAt, endsAt }: SilenceAnswer): OwnSilence | null {
  const [matcher, ...more] = matchers;
  if (createdBy !== CREATED_BY || matcher === undefined || more.length > 0) return null;
  if (matcher.name !== ALERT_LABEL || matcher.isRegex || !matcher.isEqual) return null;
  return { id, alert: matcher.value, startsAtMs: Date.parse(startsAt), endsAtMs: Date.parse(endsAt) };
}

/** As `POST /api/v2/silences` takes it. @param told a moment by the machine's clock, as the Alertmanager is told it */
export function silenceOf(
  alert: SentAlert,
  { fromMs, untilMs, present }: { fromMs: number; untilMs: number; present: OwnSilence | null },
  told: (atMs: number) => number,
): Record<string, unknown> {
  const { by = '', reason = '' } = alert.silenced ?? {};
  return {
    ...(present !== null && { id: present.id }),
    matchers: [{ name: ALERT_LABEL, value: labelOf(alert), isRegex: false, isEqual: true }],
    startsAt: new Date(present === null ? told(fromMs) : present.startsAtMs).toISOString(),
    endsAt: new Date(told(untilMs)).toISOString(),
    createdBy: CREATED_BY,
    comment: `${reason} (silenced in Lictor by ${by})`,
  };
}
