import type { AlertRecord } from './alert-body';
import type { Episode } from './alert-episode';
import { alertState } from './alert-state';
import { alertSummary } from './alert-summary';
import { textHash } from './text-hash';

/** What is known of an alert beside its episode. */
export interface AlertSurroundings extends Pick<AlertRecord, 'freshness' | 'suppressedBy' | 'suppresses'> {
  readonly silencedElsewhere: AlertRecord['silencedElsewhere'];
  /** Which silences hold for it, told by its record without any. */
  silencedBy(unsilenced: AlertRecord): string[];
}

/** An episode as it is published. */
export function alertRecord(episode: Episode, surroundings: AlertSurroundings): AlertRecord {
  const { condition, phase, acknowledged, firedAtMs, resolvedAtMs } = episode;
  const { id, rule, subject, severity, evidence } = condition;
  const { freshness, suppressedBy, suppresses, silencedElsewhere } = surroundings;
  const standing = { suppressed: suppressedBy !== null, silenced: false, acknowledged: acknowledged !== null };
  const unsilenced: AlertRecord = {
    ...{ id, rule, key: subject.key, subject, severity, state: alertState(phase, standing) },
    since: isoTime(episode.sinceMs),
    sinceAtLeast: episode.sinceAtLeast,
    firedAt: firedAtMs === null ? null : isoTime(firedAtMs),
    resolvedAt: resolvedAtMs === null ? null : isoTime(resolvedAtMs),
    summary: alertSummary(subject, evidence),
    ...{ evidence, freshness, acknowledged, suppressedBy, suppresses, silencedElsewhere },
    silencedBy: [],
    etag: '',
  };
  const silencedBy = phase === 'resolved' ? [] : surroundings.silencedBy(unsilenced);
  const state = alertState(phase, { ...standing, silenced: silencedBy.length > 0 });
  return { ...unsilenced, silencedBy, state, etag: etagOf(id, episode, state, silencedBy) };
}

export const isoTime = (ms: number): string => new Date(ms).toISOString();

/** It stays while only the evidence grows, so that who reads an alert may acknowledge it though it flaps on. */
function etagOf(id: string, { sinceMs, acknowledged }: Episode, state: string, silencedBy: readonly string[]): string {
  return `"${sinceMs.toString(36)}-${textHash(JSON.stringify([id, state, acknowledged, silencedBy]))}"`;
}
