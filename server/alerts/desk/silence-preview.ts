import type { AlertRecord, SilencePreview } from '@/lib/alerts/alert-body';
import type { AlertRule } from '@/lib/alerts/rule';
import { matchesAll, silencedIds } from '@/lib/alerts/silence-filter';
import type { RecordedTransition, Subject } from '@/lib/history/transition';
import { mustBeFilter } from './silences';

const LATELY_MS = 7 * 86_400_000;

export interface SilencePreviewParts {
  readonly records: readonly AlertRecord[];
  readonly rules: readonly AlertRule[];
  readonly nowMs: number;
  firedWithin(ms: number): Promise<readonly RecordedTransition[]>;
}

/**
 * What a silence would hold for. What fired lately is judged by what the record holds of it: its rule, its subject and when.
 * @throws AlertRefusal `invalid-filter`
 */
export async function previewSilence(text: string, parts: SilencePreviewParts): Promise<SilencePreview> {
  const { records, rules, nowMs, firedWithin } = parts;
  const filter = mustBeFilter(text);
  const fired = await firedWithin(LATELY_MS);
  const lately = fired.filter((transition) => {
    const alert = recordedAlert(transition, rules);
    return alert !== null && filter.matches(alert, transition.observedAtMs);
  });
  return {
    matches: silencedIds(filter, records, nowMs),
    alerts: records.filter(({ state }) => state !== 'resolved').length,
    ...{ matchesAll: matchesAll(filter), lately: lately.length },
  };
}

/** An alert as it fired, as far as that is recorded. */
function recordedAlert(
  { item, subject, observedAtMs }: RecordedTransition,
  rules: readonly AlertRule[],
): AlertRecord | null {
  const rule = item?.slice(0, item.indexOf(':'));
  if (!item || !rule || !isAlertKind(subject.kind)) return null;
  const at = new Date(observedAtMs).toISOString();
  const { kind, key, dc } = { ...subject, kind: subject.kind };
  const name = nameOf(subject);
  return {
    ...{ id: item, rule, key, subject: { kind, key, dc, name }, state: 'firing' },
    severity: rules.find(({ alert }) => alert === rule)?.severity ?? 'warning',
    ...{ since: at, sinceAtLeast: false, firedAt: at, resolvedAt: null, summary: name, evidence: { kind: 'watchdog' } },
    ...{
      freshness: null,
      acknowledged: null,
      silencedBy: [],
      suppressedBy: null,
      suppresses: [],
      silencedElsewhere: [],
    },
    etag: '',
  };
}

const nameOf = ({ service, node, dc }: Subject): string => service ?? node ?? (dc === '' ? 'Lictor' : dc);

const isAlertKind = (kind: Subject['kind']): kind is AlertRecord['subject']['kind'] =>
  kind === 'service' || kind === 'node' || kind === 'datacenter' || kind === 'lictor';
