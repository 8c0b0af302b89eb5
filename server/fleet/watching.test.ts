import { expect, test } from 'vitest';
import type { ConsulCheck } from '@/server/consul/decode/check';
import { signalBetween } from './check-signals';
import { DatacenterPresence } from './datacenter-presence';
import { moveResidents } from './datacenter-state';
import { judgeReadiness } from './readiness';

function check(Node: string, ServiceName: string, ModifyIndex: number): ConsulCheck {
  const texts = { Name: '', Notes: '', Output: '', Type: '', Interval: null };
  return { Node, CheckID: 'c', Status: 'critical', ServiceID: ServiceName, ServiceName, ModifyIndex, ...texts };
}

test('a signal names whose checks appeared, went or changed, and no others', () => {
  const before = [check('n1', 'web', 1), check('n1', 'api', 2), check('n2', 'db', 3)];
  const after = [check('n1', 'web', 1), check('n1', 'api', 9), check('n3', 'mail', 4)];
  const { services, nodes } = signalBetween(before, after);
  expect([...services].sort()).toEqual(['api', 'db', 'mail']);
  expect([...nodes]).toEqual([]);
});

test("a node's own check concerns everything on that node", () => {
  const { services, nodes } = signalBetween([], [check('n1', '', 1)]);
  expect([[...services], [...nodes]]).toEqual([[], ['n1']]);
});

test('a datacenter that is left out for a moment is kept, and gone after half a minute', () => {
  const presence = new DatacenterPresence();
  expect(presence.see(['dc1', 'dc2'], 0)).toEqual({ appeared: ['dc1', 'dc2'], gone: [] });
  expect(presence.see(['dc1'], 30_000)).toEqual({ appeared: [], gone: [] });
  expect(presence.see(['dc1', 'dc2'], 31_000)).toEqual({ appeared: [], gone: [] });
  expect(presence.see(['dc1'], 61_001)).toEqual({ appeared: [], gone: ['dc2'] });
  expect(presence.see(['dc1', 'dc2'], 62_000)).toEqual({ appeared: ['dc2'], gone: [] });
});

test('nodes are told only when what stands on them changes', () => {
  const residents = new Map<string, string[]>();
  expect(moveResidents(residents, 'web', new Set(), new Set(['n1', 'n2']))).toEqual(['n1', 'n2']);
  expect(moveResidents(residents, 'api', new Set(), new Set(['n2']))).toEqual(['n2']);
  expect(moveResidents(residents, 'web', new Set(['n1', 'n2']), new Set(['n2', 'n3']))).toEqual(['n1', 'n3']);
  expect([...residents].map(([node, services]) => [node, services])).toEqual([
    ['n2', ['api', 'web']],
    ['n3', ['web']],
  ]);
});

test('ready once each datacenter is read or known to be out of reach; without any, once Consul has been silent for 15 s', () => {
  const consul = { address: 'http://127.0.0.1:8500', reachable: false, since: '', reason: 'Nothing listens there.' };
  const dc = (name: string, state: 'syncing' | 'synced' | 'unreachable') => ({ name, state, reason: null });
  expect(judgeReadiness([dc('dc1', 'synced'), dc('dc2', 'syncing')], consul, 60_000).ready).toBe(false);
  expect(judgeReadiness([dc('dc1', 'synced'), dc('dc2', 'unreachable')], consul, 0).ready).toBe(true);
  expect(judgeReadiness([], consul, 15_000).ready).toBe(false);
  expect(judgeReadiness([], consul, 15_001)).toMatchObject({
    ready: true,
    detail: expect.stringContaining('127.0.0.1:8500'),
  });
});
