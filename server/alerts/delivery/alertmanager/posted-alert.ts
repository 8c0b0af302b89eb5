import type { SentAlert } from '@/server/alerts/outlet-parts';

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

/** @param iso a moment as the Alertmanager is told it. @param endsAtMs when it ended; of what fires, until when it is to be taken for firing */
export function postedAlert(alert: SentAlert, endsAtMs: number, iso: (atMs: number) => string): PostedAlert {
  return {
    labels: alert.labels,
    annotations: annotationsOf(alert),
    startsAt: iso(alert.firedAtMs),
    // What would end before it begins is refused.
    endsAt: iso(Math.max(endsAtMs, alert.firedAtMs + 1)),
    generatorURL: alert.url,
  };
}

/** Those that it has, and who acknowledged it: Alertmanager itself knows no such thing. */
export function annotationsOf({ annotations, record: { acknowledged } }: SentAlert): Readonly<Record<string, string>> {
  if (acknowledged === null || annotations.acknowledged !== undefined) return annotations;
  const { by, at, note } = acknowledged;
  return { ...annotations, acknowledged: `by ${by} at ${at}${note === '' ? '' : `: ${note}`}` };
}

/** Another text wherever there is something else to be said of it. */
export const textOf = (alert: SentAlert): string =>
  JSON.stringify([alert.labels, annotationsOf(alert), alert.firedAtMs, alert.url, alert.silenced !== null]);
