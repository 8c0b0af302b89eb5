import type { AlertRecord, AlertSubject } from './alert-body';
import { alertId } from './alert-id';
import { isoTime } from './alert-record';
import { FROM_GRAVE } from './alert-state';
import { alertSummary } from './alert-summary';
import type { Evidence } from './evidence';

/** When the probes are looked at, ms since 1970. They began an hour and a month before: what holds for any that lasts holds for both. */
export const PROBES_AT_MS = Date.parse('2026-01-01T00:00:00.000Z');
const AGES_MS: readonly number[] = [3_600_000, 30 * 86_400_000];

/** Two sets of names without a character in common. */
const NAMES = [
  { rule: 'Qq', dc: 'jj', name: 'vv', node: 'ww', instance: 'yy', check: 'kk' },
  { rule: 'X_9', dc: '33', name: '44', node: '55', instance: '66', check: '77' },
] as const;
type Names = (typeof NAMES)[number];

let made: readonly AlertRecord[] | null = null;

/** Alerts of every kind that a datacenter has, each in every severity, firing. */
export function probeAlerts(): readonly AlertRecord[] {
  made ??= NAMES.flatMap((names, index) => {
    const since = isoTime(PROBES_AT_MS - (AGES_MS[index] ?? 0));
    return kinds(names, since).flatMap(([subject, evidence]) =>
      FROM_GRAVE.map((severity): AlertRecord => {
        const { rule } = names;
        return {
          ...{ id: alertId(rule, subject.key), rule, key: subject.key, subject, severity, state: 'firing' },
          ...{ since, sinceAtLeast: false, firedAt: since, resolvedAt: null },
          ...{ summary: alertSummary(subject, evidence), evidence, freshness: 'live', acknowledged: null },
          ...{ silencedBy: [], suppressedBy: null, suppresses: [], silencedElsewhere: [], etag: '""' },
        };
      }),
    );
  });
  return made;
}

function kinds({ dc, name, node, instance, check }: Names, since: string): (readonly [AlertSubject, Evidence])[] {
  const service: AlertSubject = { kind: 'service', key: `${dc}/${name}`, dc, name };
  const onNode: AlertSubject = { kind: 'node', key: `${dc}/${node}`, dc, name: node };
  const whole: AlertSubject = { kind: 'datacenter', key: dc, dc, name: dc };
  const flaps = (member: 'instance' | 'node'): Evidence => ({
    ...{ kind: 'flapping', scales: [], changes: 9, atLeast: false, periodMs: null, causes: [], flapping: 1, all: 1 },
    members: [
      {
        ...{ key: `${dc}/${node}/${instance}`, subject: member, name: instance, node, check, since },
        ...{ changes: 9, atLeast: false, lastAt: since, periodMs: null },
      },
    ],
  });
  const instances = [{ key: `${dc}/${node}/${instance}`, id: instance, node, check, since, sinceAtLeast: false }];
  const share: Evidence = { kind: 'critical-share', critical: 1, all: 1, share: 100, above: 50 };
  return [
    [service, flaps('instance')],
    [service, { kind: 'critical', longerThanMs: 0, instances, critical: 1, all: 1 }],
    [service, { kind: 'few-healthy', healthy: 0, least: 1, all: 1 }],
    [service, share],
    [onNode, flaps('node')],
    [onNode, { kind: 'node-critical', checks: [check], services: [name], serviceCount: 1, instances: 1 }],
    [whole, share],
    [whole, { kind: 'no-leader', lastContactMs: null }],
    [whole, { kind: 'datacenter-lost', freshness: 'lost', lastContactAt: null, reason: null }],
    [whole, { kind: 'mass-disappearance', instances: 1, nodes: 1, reason: name }],
    [whole, { kind: 'expiry', what: 'certificate', name, expiresAt: since }],
    [whole, { kind: 'expiry', what: 'token', name, expiresAt: since }],
  ];
}
