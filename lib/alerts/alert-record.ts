import type { AlertRecord } from './alert-body';
import type { Episode } from './alert-episode';
import { alertState } from './alert-state';
import { alertSummary } from './alert-summary';
import { isSameValue } from './same-value';
import { textHash } from './text-hash';

/** What is known of an alert beside its episode. */
export interface AlertSurroundings extends Pick<AlertRecord, 'freshness' | 'suppressedBy' | 'suppresses'> {
  readonly silencedElsewhere: AlertRecord['silencedElsewhere'];
  /** Which silences hold for it, told by its record without any. */
  silencedBy(unsilenced: AlertRecord): string[];
}

/**
 * An episode as it is published.
 * @param before as it was published last; null: it was not
 */
export function alertRecord(
  episode: Episode,
  surroundings: AlertSurroundings,
  before: AlertRecord | null,
): AlertRecord {
  const { condition, phase, acknowledged, firedAtMs, resolvedAtMs } = episode;
  const { subject, evidence } = condition;
  const { suppressedBy } = surroundings;
  const standing = { suppressed: suppressedBy !== null, silenced: false, acknowledged: acknowledged !== null };
  const record: AlertRecord = {
    id: condition.id,
    rule: condition.rule,
    key: subject.key,
    subject,
    severity: condition.severity,
    state: alertState(phase, standing),
    since: isoTime(episode.sinceMs),
    sinceAtLeast: episode.sinceAtLeast,
    firedAt: firedAtMs === null ? null : isoTime(firedAtMs),
    resolvedAt: resolvedAtMs === null ? null : isoTime(resolvedAtMs),
    // A sentence costs more than the rest.
    summary: before && says(before, subject, evidence) ? before.summary : alertSummary(subject, evidence),
    evidence,
    freshness: surroundings.freshness,
    acknowledged,
    silencedBy: [],
    suppressedBy,
    suppresses: surroundings.suppresses,
    silencedElsewhere: surroundings.silencedElsewhere,
    etag: '',
  };
  // Silences are asked about it as it would be without them.
  if (phase !== 'resolved') record.silencedBy = surroundings.silencedBy(record);
  record.state = alertState(phase, { ...standing, silenced: record.silencedBy.length > 0 });
  record.etag = etagOf(record, episode.sinceMs);
  return record;
}

const says = (before: AlertRecord, subject: AlertRecord['subject'], evidence: AlertRecord['evidence']): boolean =>
  before.evidence === evidence && isSameValue(before.subject, subject);

export const isoTime = (ms: number): string => new Date(ms).toISOString();

/** It stays while only the evidence grows, so that who reads an alert may acknowledge it though it flaps on. */
function etagOf({ id, state, acknowledged, silencedBy }: AlertRecord, sinceMs: number): string {
  const { by, at, note } = acknowledged ?? { by: '', at: '', note: '' };
  return `"${sinceMs.toString(36)}-${textHash([id, state, by, at, note, ...silencedBy].join('\n'))}"`;
}
