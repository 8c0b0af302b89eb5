import { alertFields } from '@/lib/filter/alert-fields';
import { type FilterReading, readFilter } from '@/lib/filter/read-filter';
import type { AlertRecord } from './alert-body';
import type { ActiveSilence } from './alert-book-parts';
import { alertState } from './alert-state';
import { PROBES_AT_MS, probeAlerts } from './probe-alerts';
import { type KeptSilence, silenceState } from './silence-state';

type Readable = Extract<FilterReading<AlertRecord>, { ok: true }>['filter'];

/** A filter over alerts. */
export const readSilenceFilter = (text: string): FilterReading<AlertRecord> => readFilter(text, alertFields);

/**
 * Whether a filter holds for whatever comes, however it says so: nothing at all, `dc~*`, `not alert:nothing`, all severities. It does if it holds for each of a few alerts
 * of every kind and severity, under names that have nothing in common. So what holds for everything is always found; and what leaves out a handful of names is taken
 * for the same, since whoever silences all the rest should say so once more. Lictor's own alerts do not count, nor does what is not firing: the one who silences all datacenters'
 * firing alerts is called by none.
 */
export function matchesAll({ matches }: Pick<Readable, 'matches'>): boolean {
  return probeAlerts().every((alert) => matches(alert, PROBES_AT_MS));
}

/** An alert as a silence's filter sees it. By its own effect a silence for `state:firing` would hold no more as soon as it held. */
function withoutSilence(alert: AlertRecord): AlertRecord {
  if (alert.state !== 'silenced') return alert;
  const state = alertState('firing', { suppressed: false, silenced: false, acknowledged: alert.acknowledged !== null });
  return { ...alert, state, silencedBy: [] };
}

/** Ids of the alerts that a silence holds for, or would; what is over is not silenced. */
export function silencedIds(
  { matches }: Pick<Readable, 'matches'>,
  alerts: readonly AlertRecord[],
  nowMs: number,
): string[] {
  return alerts
    .filter((alert) => alert.state !== 'resolved' && matches(withoutSilence(alert), nowMs))
    .map(({ id }) => id);
}

/** Those that hold now. One whose filter cannot be read any more holds for nothing: an alert too many is better than one too few. */
export function activeSilences(silences: readonly KeptSilence[], nowMs: number): ActiveSilence[] {
  return silences.flatMap((silence) => {
    if (silenceState(silence, nowMs) !== 'active') return [];
    const reading = readSilenceFilter(silence.filter);
    return reading.ok ? [{ id: silence.id, matches: reading.filter.matches, timed: reading.filter.timed }] : [];
  });
}
