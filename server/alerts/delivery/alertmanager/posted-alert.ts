import type { SentAlert } from '@/server/alerts/outlet-parts';
import type { TheirClock } from './their-clock';

/** One alert as Alertmanager's `POST /api/v2/alerts` takes it. Its labels are its identity. */
export interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly generatorURL: string;
}

/** The label that names one alert of Lictor's among all that are there. */
export const ALERT_LABEL = 'lictor_alert';

/** An alert's id, cut where it is too long for a label. */
export const labelOf = ({ labels, record }: SentAlert): string => labels[ALERT_LABEL] ?? record.id;

/** @param endedAtMs null: it fires on, and is to be taken for over after `firesForMs` without another word */
export function postedAlert(
  alert: SentAlert,
  endedAtMs: number | null,
  { theirs, firesForMs }: { theirs: Pick<TheirClock, 'nowMs' | 'told'>; firesForMs: number },
): PostedAlert {
  const nowMs = theirs.nowMs;
  // What has happened is never in its future, whatever was set since; and what would end before it begins is refused.
  const startsAtMs = Math.min(theirs.told(alert.firedAtMs), nowMs - 1);
  const endsAtMs = endedAtMs === null ? nowMs + firesForMs : Math.min(theirs.told(endedAtMs), nowMs);
  return {
    labels: alert.labels,
    annotations: alert.annotations,
    startsAt: new Date(startsAtMs).toISOString(),
    endsAt: new Date(Math.max(endsAtMs, startsAtMs + 1)).toISOString(),
    generatorURL: alert.url,
  };
}

/** Another text wherever there is something else to be said of it. */
export const textOf = (alert: SentAlert): string =>
  JSON.stringify([alert.labels, alert.annotations, alert.firedAtMs, alert.url, alert.silenced !== null]);
