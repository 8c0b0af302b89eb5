import { datacenterKey, nodeKey, serviceKey } from '@/lib/fleet/keys';
import type { AlertRecord, AlertSubject } from './alert-body';
import { AlertBook } from './alert-book';
import { alertId } from './alert-id';
import type { Condition } from './condition';
import type { Evidence } from './evidence';

/** Alerts to test with, and to draw. All of them begin at `EXAMPLE_MS`. */
export const EXAMPLE_MS = Date.parse('2026-01-15T03:00:00.000Z');
const since = '2026-01-15T03:00:00.000Z';

export const exampleSubjects = {
  service: (name: string, dc = 'dc1'): AlertSubject => ({ kind: 'service', key: serviceKey(dc, name), dc, name }),
  node: (name: string, dc = 'dc1'): AlertSubject => ({ kind: 'node', key: nodeKey(dc, name), dc, name }),
  datacenter: (dc = 'dc1'): AlertSubject => ({ kind: 'datacenter', key: datacenterKey(dc), dc, name: dc }),
  lictor: { kind: 'lictor', key: 'lictor', dc: '', name: 'lictor' } as AlertSubject,
};

/** Evidence of each kind. */
export const exampleEvidence: { readonly [Kind in Evidence['kind']]: Extract<Evidence, { kind: Kind }> } = {
  flapping: {
    kind: 'flapping',
    scales: [
      {
        slotMs: 30_000,
        newestFrom: '2026-01-15T03:09:30.000Z',
        slots: '??..x.xxxx.xxxxxxxxx',
        changes: [0, 0, 0, 0, 1, 0, 2, 3, 2, 4, 0, 3, 4, 6, 5, 7, 6, 8, 6, 4],
        leastScore: 76.6,
        mostScore: 84.7,
        beginsAbove: 30,
        endsBelow: 25,
      },
      {
        slotMs: 300_000,
        newestFrom: '2026-01-15T03:05:00.000Z',
        slots: '..................xx',
        changes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 12, 49],
        leastScore: 11.7,
        mostScore: 11.7,
        beginsAbove: 30,
        endsBelow: 25,
      },
    ],
    changes: 61,
    atLeast: true,
    periodMs: 40_000,
    causes: [
      { id: 'timeout-not-below-interval', intervalMs: 10_000, timeoutMs: 10_000 },
      { id: 'one-node', node: 'n1', onNode: { flapping: 4, all: 4 }, elsewhere: { flapping: 0, all: 2 } },
    ],
    members: ['search-1', 'search-2', 'search-3', 'search-4'].map((name, index) => ({
      key: `dc1/n1/${name}`,
      subject: 'instance' as const,
      name,
      node: 'n1',
      check: 'http',
      since,
      changes: 18 - index,
      atLeast: index === 0,
      lastAt: '2026-01-15T03:09:41.000Z',
      periodMs: index === 3 ? null : 40_000,
    })),
    flapping: 4,
    all: 6,
  },
  critical: {
    kind: 'critical',
    longerThanMs: 120_000,
    instances: [
      { key: 'dc1/n1/web-1', id: 'web-1', node: 'n1', check: 'http', since, sinceAtLeast: false },
      { key: 'dc1/n2/web-2', id: 'web-2', node: 'n2', check: null, since, sinceAtLeast: true },
    ],
    critical: 2,
    all: 5,
  },
  'few-healthy': { kind: 'few-healthy', healthy: 0, least: 1, all: 3 },
  'critical-share': { kind: 'critical-share', critical: 3, all: 5, share: 60, above: 50 },
  'node-critical': {
    kind: 'node-critical',
    checks: ['serfHealth'],
    services: ['api', 'cart', 'web'],
    serviceCount: 3,
    instances: 7,
  },
  'no-leader': { kind: 'no-leader', lastContactMs: 1_200 },
  'datacenter-lost': {
    kind: 'datacenter-lost',
    freshness: 'lost',
    lastContactAt: since,
    reason: 'connect ECONNREFUSED',
  },
  'mass-disappearance': {
    kind: 'mass-disappearance',
    instances: 412,
    nodes: 38,
    reason: '60 % of the instances vanished within one answer',
  },
  expiry: {
    kind: 'expiry',
    what: 'certificate',
    name: 'Consul at 10.0.0.7:8501',
    expiresAt: '2026-01-22T00:00:00.000Z',
  },
  watchdog: { kind: 'watchdog' },
};

/** What a rule says. Fires at once unless `forMs` is given. */
export function exampleCondition(
  rule: string,
  subject: AlertSubject,
  evidence: Evidence,
  rest: Partial<Condition> = {},
): Condition {
  return {
    ...{ id: alertId(rule, subject.key), rule, subject, evidence, severity: 'warning', forMs: 0, keepFiringForMs: 0 },
    ...{ sinceMs: EXAMPLE_MS, sinceAtLeast: false, explainedBy: [], labels: {}, annotations: {} },
    ...rest,
  };
}

const { service, node, datacenter, lictor } = exampleSubjects;
const critical = { severity: 'critical' } as const;

/** One condition of each kind, in different datacenters where one would tell the cause of another. */
export const exampleConditions = {
  flapping: exampleCondition('Flapping', service('search', 'dc2'), exampleEvidence.flapping),
  instanceCritical: exampleCondition('InstanceCritical', service('web'), exampleEvidence.critical),
  noHealthyInstance: exampleCondition('NoHealthyInstance', service('pay'), exampleEvidence['few-healthy'], critical),
  halfCritical: exampleCondition('ServiceHalfCritical', service('cart'), exampleEvidence['critical-share'], critical),
  lostNode: exampleCondition('NodeCritical', node('n7'), exampleEvidence['node-critical']),
  explained: exampleCondition('InstanceCritical', service('api'), exampleEvidence.critical, {
    explainedBy: [node('n7').key],
  }),
  noLeader: exampleCondition('NoLeader', datacenter('dc3'), exampleEvidence['no-leader'], critical),
  lost: exampleCondition('DatacenterLost', datacenter('dc4'), exampleEvidence['datacenter-lost'], critical),
  vanished: exampleCondition('MassDisappearance', datacenter('dc5'), exampleEvidence['mass-disappearance'], critical),
  expiry: exampleCondition('CertificateExpiry', datacenter('dc1'), exampleEvidence.expiry),
  watchdog: exampleCondition('Watchdog', lictor, exampleEvidence.watchdog, { severity: 'info' }),
} satisfies Record<string, Condition>;

/** Published records of conditions that were told at once, of live datacenters. */
export function exampleRecords(
  conditions: readonly Condition[] = Object.values(exampleConditions),
): readonly AlertRecord[] {
  const book = new AlertBook();
  for (const condition of conditions)
    book.put(`example ${condition.id}`, condition.subject.dc, [condition], EXAMPLE_MS);
  for (const { subject } of conditions) if (subject.dc !== '') book.setFreshness(subject.dc, 'live');
  book.take(EXAMPLE_MS);
  return book.records();
}

/** One such record, other than it is as far as is said. */
export function exampleAlert(name: keyof typeof exampleConditions, rest: Partial<AlertRecord> = {}): AlertRecord {
  const { id } = exampleConditions[name];
  const record = exampleRecords().find((one) => one.id === id);
  if (!record) throw new Error(`There is no example of an alert ${name}.`);
  return { ...record, ...rest };
}
