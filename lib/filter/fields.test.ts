import { describe, expect, it } from 'vitest';
import { exampleAlert } from '@/lib/alerts/example-alerts';
import type { Instance, NodeRecord } from '@/lib/fleet/model';
import type { Transition } from '@/lib/history/transition';
import { alertFields } from './alert-fields';
import { type InstanceRow, instanceFields } from './instance-fields';
import { nodeFields } from './node-fields';
import { readFilter } from './read-filter';
import type { FilterSchema } from './schema';
import { transitionFields } from './transition-fields';

const nowMs = Date.parse('2026-01-15T03:00:00.000Z');

function passes<T>(schema: FilterSchema<T>, record: T, text: string): boolean | string {
  const reading = readFilter(text, schema);
  return reading.ok ? reading.filter.matches(record, nowMs) : reading.error.code;
}

const instance: Instance = {
  key: 'dc1/n1/web-1',
  id: 'web-1',
  node: 'n1',
  address: '10.0.0.7',
  port: 8_080,
  version: '1.5.0',
  tags: ['canary'],
  meta: { Team: 'pay', empty: '' },
  weights: { passing: 10, warning: 1 },
  status: 'warning',
  since: '2026-01-15T02:55:00.000Z',
  sinceAtLeast: false,
  checks: [
    {
      id: 'c1',
      name: 'web alive',
      type: 'http',
      status: 'warning',
      output: 'secret',
      notes: '',
      scope: 'service',
      since: '',
      sinceAtLeast: false,
    },
  ],
  unconfirmed: false,
};

describe('instances', () => {
  const row: InstanceRow = { dc: 'dc1', service: 'web', instance, freshness: 'live' };
  it.each([
    ['service:web dc:dc1 node:n1 id:web id=web-1', true],
    ['meta.team:pa meta.team=PAY', true],
    ['meta.empty=""', true],
    ['meta.empty~*', true],
    ['meta.nothing~*', false],
    ['meta.team!=pay', false],
    ['meta.nothing!=pay', true],
    ['address:10.0 port:8080 port<9000 weight>=10', true],
    ['check:alive check=c1', true],
    ['unconfirmed:no unconfirmed=false', true],
    ['unconfirmed:perhaps', 'unknown-value'],
    ['since:<10m version:1.5 status:warning,critical tag:canary freshness:live', true],
    // An output is no word of the instance.
    ['secret', false],
    ['meta:pay', 'unknown-field'],
    ['meta.=pay', 'foreign-field'],
    ['flapping:1', 'foreign-field'],
  ])('%s', (text, expected) => expect(passes(instanceFields, row, text)).toBe(expected));
});

describe('nodes', () => {
  const node: NodeRecord = {
    key: 'dc1/n1',
    name: 'n1',
    address: '10.0.0.7',
    status: 'passing',
    since: '2026-01-15T01:00:00.000Z',
    sinceAtLeast: true,
    meta: { rack: '7' },
    services: ['api', 'web'],
    unconfirmed: true,
  };
  it.each([
    ['n1 web', true],
    ['service:web meta.rack:7 since>1h unconfirmed:yes', true],
    ['service=we', false],
    ['since<1w', false],
    ['tag:canary', 'foreign-field'],
  ])('%s', (text, expected) => expect(passes(nodeFields, { dc: 'dc1', node, freshness: 'live' }, text)).toBe(expected));
});

describe('transitions', () => {
  const transition: Transition = {
    subject: { kind: 'instance', key: 'dc1/n1/web%2F1', dc: 'dc1', service: 'web', node: 'n1' },
    kind: 'check',
    item: 'alive',
    from: 'passing',
    to: 'critical',
    observedAtMs: nowMs - 60_000,
    index: 7,
    merged: true,
    unwatchedFromMs: null,
  };
  const registered: Transition = {
    ...transition,
    kind: 'registered',
    item: null,
    from: null,
    to: '{"status":"critical"}',
  };
  it.each([
    ['subject:instance kind:check,status dc:dc1 service:web node:n1 instance:web/1 check:alive', true],
    ['from:passing to:critical status:critical', true],
    ['at:<10m since:<=1m merged:yes unwatched:no', true],
    ['"web/1" critical', true],
    ['kind:flip', 'unknown-value'],
    ['tag:x', 'foreign-field'],
  ])('%s', (text, expected) => expect(passes(transitionFields, transition, text)).toBe(expected));

  it('of a whole record are not found by words of that record', () => {
    expect(passes(transitionFields, registered, 'critical')).toBe(false);
    expect(passes(transitionFields, registered, 'status:critical')).toBe(false);
    expect(passes(transitionFields, registered, 'kind:registered web')).toBe(true);
  });
});

describe('alerts', () => {
  it.each([
    ['alert:flap alert=flapping severity:warning state:firing dc:dc2 service:search', true],
    ['instance:search-3', true],
    ['instance=search', false],
    ['since:<10m', true],
    ['since>1h', false],
    // Words of its sentence, its name and its id.
    ['flaps "Flapping:dc2/search"', true],
    ['state:over', 'unknown-value'],
    ['severity:fatal', 'unknown-value'],
    ['tag:x', 'foreign-field'],
    ['node:n1', false],
  ])('%s', (text, expected) => expect(passes(alertFields, exampleAlert('flapping'), text)).toBe(expected));

  it('of a node are not those of the services on it', () => {
    expect(passes(alertFields, exampleAlert('lostNode'), 'node=n7')).toBe(true);
    expect(passes(alertFields, exampleAlert('lostNode'), 'service~*')).toBe(false);
    expect(passes(alertFields, exampleAlert('explained'), 'node~*')).toBe(false);
  });

  it('of Lictor’s own are in no datacenter', () => {
    expect(passes(alertFields, exampleAlert('watchdog'), 'dc~*')).toBe(false);
    expect(passes(alertFields, exampleAlert('watchdog'), 'dc!=dc1')).toBe(true);
  });
});
