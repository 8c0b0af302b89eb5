import type { SentAlert } from '@/server/alerts/outlet-parts';
import { labelOf } from './posted-alert';

/** A silence of Lictor's own in an Alertmanager. Times are ms since 1970, by its clock. */
export interface OwnSilence {
  readonly id: string;
  /** Of the one alert that it is for: the label that names it. */
  readonly alert: string;
  readonly startsAtMs: number;
  readonly endsAtMs: number;
}

export interface SilencePlan {
  /** `present`: to be changed; null: to be made. */
  readonly put: readonly { readonly alert: SentAlert; readonly untilMs: number; readonly present: OwnSilence | null }[];
  readonly end: readonly OwnSilence[];
}

/** Two moments within this are one: Alertmanager's own rounding. */
const SAME_MS = 1_000;

/**
 * What has to be done so that exactly what is silenced in Lictor is so there. Those of an alert that nobody tells of are left: they may be another Lictor's, and end by
 * themselves. Of several for one alert (two of a cluster were told at once) each Lictor keeps the same one.
 * @param nowMs by the machine's clock. @param here one of the Alertmanager's moments, by the machine's clock
 */
export function silencePlan(
  alerts: readonly SentAlert[],
  own: readonly OwnSilence[],
  nowMs: number,
  here: (theirMs: number) => number = (same) => same,
): SilencePlan {
  const byAlert = new Map<string, OwnSilence[]>();
  for (const one of [...own].sort(keptFirst)) byAlert.set(one.alert, [...(byAlert.get(one.alert) ?? []), one]);
  const put: SilencePlan['put'][number][] = [];
  const end: OwnSilence[] = [];
  for (const alert of alerts) {
    const [present = null, ...more] = byAlert.get(labelOf(alert)) ?? [];
    end.push(...more);
    const untilMs = alert.silenced?.untilMs ?? 0;
    if (untilMs <= nowMs) {
      if (present !== null) end.push(present);
    } else if (present === null) {
      // What is over calls nobody.
      if (alert.resolvedAtMs === null) put.push({ alert, untilMs, present });
    } else if (Math.abs(here(present.endsAtMs) - untilMs) > SAME_MS) put.push({ alert, untilMs, present });
  }
  return { put, end };
}

function keptFirst(one: OwnSilence, other: OwnSilence): number {
  return other.endsAtMs - one.endsAtMs || (one.id < other.id ? -1 : 1);
}
