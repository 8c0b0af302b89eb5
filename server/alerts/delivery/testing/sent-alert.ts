import type { AlertRecord } from '@/lib/alerts/alert-body';
import type { SentAlert } from '@/server/alerts/outlet-parts';

export interface AlertWishes {
  readonly rule?: string;
  /** Of the service. */
  readonly name?: string;
  readonly firedAtMs?: number;
  readonly resolvedAtMs?: number | null;
  readonly silenced?: SentAlert['silenced'];
  readonly acknowledged?: AlertRecord['acknowledged'];
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

const FIRED_AT_MS = Date.parse('2026-11-27T08:00:00.000Z');

/** An alert of a service in dc1, as it is handed to be sent. */
export function sentAlert(wishes: AlertWishes = {}): SentAlert {
  const { rule = 'Flapping', name = 'payment', firedAtMs = FIRED_AT_MS, resolvedAtMs = null } = wishes;
  const { silenced = null, acknowledged = null } = wishes;
  const key = `dc1/${encodeURIComponent(name)}`;
  const id = `${rule}:${key}`;
  const record: AlertRecord = {
    ...{ id, rule, key, subject: { kind: 'service', key, dc: 'dc1', name }, severity: 'warning' },
    state:
      resolvedAtMs !== null ? 'resolved' : silenced !== null ? 'silenced' : acknowledged ? 'acknowledged' : 'firing',
    ...{ since: iso(firedAtMs), sinceAtLeast: false, firedAt: iso(firedAtMs) },
    resolvedAt: resolvedAtMs === null ? null : iso(resolvedAtMs),
    ...{ summary: `${name} in dc1 has no healthy instance.`, freshness: 'live', acknowledged, etag: '"1"' },
    evidence: { kind: 'few-healthy', healthy: 0, least: 1, all: 3 },
    ...{ silencedBy: [], suppressedBy: null, suppresses: [], silencedElsewhere: [] },
  };
  return {
    ...{ record, firedAtMs, resolvedAtMs, silenced },
    labels: {
      ...{ alertname: rule, severity: 'warning', dc: 'dc1', service: name, lictor_alert: id },
      ...wishes.labels,
    },
    annotations: { summary: record.summary, ...wishes.annotations },
    url: `http://127.0.0.1:3000/alerts?alert=${encodeURIComponent(id)}`,
  };
}

const iso = (atMs: number): string => new Date(atMs).toISOString();
