import { expect, test } from 'vitest';
import type { Status } from '@/lib/fleet/model';
import { isInTraffic, isVerified } from './verified';

type Scoped = { id: string; scope: 'node' | 'service' };
const own: Scoped = { id: 'web:health', scope: 'service' };
const gossip: Scoped = { id: 'serfHealth', scope: 'node' };

test.each<[string, Scoped[], boolean]>([
  ['a check of its own', [own], true],
  ['a check of its node that looks at what runs there', [{ id: 'disk', scope: 'node' }], true],
  ['a check of its own, called like that of the gossip', [{ id: 'serfHealth', scope: 'service' }], true],
  ['no check', [], false],
  ['its node being there', [gossip], false],
  ['its node answering a ping', [{ id: 'externalNodeHealth', scope: 'node' }], false],
  ['its own maintenance', [gossip, { id: '_service_maintenance:web', scope: 'service' }], false],
  ["its node's maintenance", [gossip, { id: '_node_maintenance', scope: 'node' }], false],
])('verified by %s: %#', (_, checks, verified) => {
  expect(isVerified({ checks })).toBe(verified);
});

const instance = (status: Status, checks = [gossip, own], unconfirmed = false) => {
  const record = {
    name: '',
    type: '',
    status: 'passing' as const,
    output: '',
    notes: '',
    since: '',
    sinceAtLeast: false,
  };
  return { status, unconfirmed, checks: checks.map((check) => ({ ...record, ...check })) };
};

test.each<[Status, boolean]>([
  ['passing', true],
  ['warning', true],
  ['critical', false],
  ['maintenance', false],
  ['unknown', false],
])('a verified instance that is %s takes traffic: %s', (status, takes) => {
  expect(isInTraffic(instance(status))).toBe(takes);
});

test('what was never verified takes no share though Consul serves it, nor does what is gone from its answers', () => {
  expect(isInTraffic(instance('passing', [gossip]))).toBe(false);
  expect(isInTraffic(instance('passing', [gossip, own], true))).toBe(false);
});
