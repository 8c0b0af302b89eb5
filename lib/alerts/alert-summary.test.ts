import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertSummary } from './alert-summary';
import type { Evidence } from './evidence';
import { exampleEvidence as evidence, exampleSubjects } from './example-alerts';

const { service, node, datacenter, lictor } = exampleSubjects;

describe('an alert in one sentence', () => {
  it.each([
    [
      service('search', 'dc2'),
      evidence.flapping,
      'search in dc2 flaps: 4 of 6 instances, about every 40 s, at least 61 changes.',
    ],
    [
      service('web'),
      { ...evidence.flapping, flapping: 0, periodMs: null, changes: 1, atLeast: false },
      'web in dc1 flaps: 1 change.',
    ],
    [
      node('n1'),
      { ...evidence.flapping, flapping: 1, all: 1 },
      'n1 in dc1 flaps: 1 of 1 service, about every 40 s, at least 61 changes.',
    ],
    [
      service('web'),
      evidence.critical,
      'web in dc1 has 2 of 5 instances critical for more than 2 min: web-1 on n1, web-2 on n2.',
    ],
    [
      service('web'),
      { ...evidence.critical, critical: 9, all: 9, longerThanMs: 0 },
      'web in dc1 has 9 of 9 instances critical: web-1 on n1, web-2 on n2 and 7 more.',
    ],
    [service('pay'), evidence['few-healthy'], 'pay in dc1 has 0 of 3 instances healthy, fewer than 1.'],
    [service('cart'), evidence['critical-share'], 'cart in dc1 has 3 of 5 instances critical: 60 %, more than 50 %.'],
    [
      datacenter(),
      { ...evidence['critical-share'], share: 99.96 },
      'dc1 has 3 of 5 instances critical: 99.9 %, more than 50 %.',
    ],
    [
      node('n7'),
      evidence['node-critical'],
      'Node n7 in dc1 is critical by serfHealth, with 7 instances of 3 services: api, cart, web.',
    ],
    [
      node('n7'),
      { ...evidence['node-critical'], checks: [], services: [], serviceCount: 0, instances: 0 },
      'Node n7 in dc1 is critical; no service runs there.',
    ],
    [
      datacenter('dc3'),
      evidence['no-leader'],
      'dc3 has no leader: Consul takes no writes there, and what it answers may be old.',
    ],
    [
      datacenter('dc4'),
      evidence['datacenter-lost'],
      'There is no contact to dc4; it answered last at 2026-01-15 03:00:00 UTC: connect ECONNREFUSED.',
    ],
    [
      datacenter('dc4'),
      { ...evidence['datacenter-lost'], freshness: 'denied', lastContactAt: null, reason: null },
      'dc4 refuses Lictor’s token; it has never answered.',
    ],
    [
      datacenter('dc5'),
      evidence['mass-disappearance'],
      'dc5 lost 412 instances and 38 nodes at once, which is not confirmed: 60 % of the instances vanished within one answer.',
    ],
    [datacenter(), evidence.expiry, 'The certificate for Consul at 10.0.0.7:8501 expires at 2026-01-22 00:00 UTC.'],
    [lictor, evidence.watchdog, 'Lictor watches: this alert always fires, so that its absence is noticed.'],
  ] as const)('%#', (subject, of, expected) => expect(alertSummary(subject, of as Evidence)).toBe(expected));

  it('is one line of bounded length whatever the names are, and what is invisible is seen', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 500 }),
        fc.constantFrom(...Object.values(evidence)),
        (name, of) => {
          const text = alertSummary(service(name, name), of);
          expect(/\p{Cc}|\p{Cs}|[\u202a-\u202e\u2066-\u2069]/u.test(text)).toBe(false);
          expect(text.endsWith('.')).toBe(true);
          expect(Array.from(text).length).toBeLessThan(800);
        },
      ),
    );
    expect(alertSummary(service('a\nb\u202e'), evidence['few-healthy'])).toContain('a␊b⟨U+202E⟩ in dc1');
  });
});
