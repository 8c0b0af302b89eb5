import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ConsulHealth } from '@/lib/system/consul-health';
import { judgeConsul } from '@/lib/system/judge-consul';
import type { SystemBody } from '@/lib/system/system-body';
import { foldChange } from './fold';
import type { ChangeEvent } from './protocol';
import { type SystemState, systemChanges } from './system-changes';

const AT = '2026-01-01T00:00:00.000Z';
type Datacenter = SystemState['datacenters'][number];

function consul(leader: string | null): ConsulHealth {
  const reading = { source: '/v1/status/leader', readAt: AT, problem: null, missingRule: null };
  return judgeConsul({
    readings: { leader: reading, peers: reading, raft: reading, autopilot: reading, members: reading },
    ...{ leader, leaderSight: leader === null ? 'none' : 'known', peers: [], autopilot: null, gossip: null },
  });
}

function datacenter(name: string, wakes = 0, leader: string | null | undefined = undefined): Datacenter {
  return {
    name,
    freshness: { state: 'live', since: AT, lastContactMs: 400, reason: null },
    ...{ mode: 'exact', services: 20, exactServices: 20, hotServices: 2, watches: 23, watchesNotLive: 0, wakes },
    ...{ readsPerSecond: 1.5, statusDelayMs: 100, membershipDelayMs: 100, definitionDelayMs: 100, worstDelayMs: 100 },
    ...{ explanation: 'Exact.', problems: [], configuration: [], consul: leader === undefined ? null : consul(leader) },
  };
}

function state(datacenters: Datacenter[], clients = 1): SystemState {
  const connections: SystemState['connections'] = {
    ...{ protocol: 'h2', budget: 100, fullBudget: 100, lowered: null, open: 2, waiting: 9, waitingCapacity: 90 },
    ...{ queued: 0, requests: 12, errors: {} },
  };
  return {
    ...{ version: '0.1.0', consul: { address: 'http://127.0.0.1:8500', reachable: true, since: AT, reason: null } },
    ...{ datacenters, connections, addresses: [], stream: { clients }, process: { rssBytes: 1, heapUsedBytes: 1 } },
    leadership: { leads: true, since: AT, holder: 'ops:3000', by: 'session', reason: null },
    history: { store: 'sqlite', state: 'writing', queued: 0, dropped: 0, reason: null },
  };
}

const bodyOf = (at: SystemState, seq: number): SystemBody => ({ ...at, epoch: 1, seq, at: AT });
const event = (seq: number, changes: ChangeEvent['changes']): ChangeEvent => ({
  ...{ topic: 'system', seq, at: AT, observedAt: AT, index: null, changes },
});

it('names what changed by key: the plan, what Consul says of itself, a field of Lictor’s own', () => {
  const before = state([datacenter('dc 1', 0, 'a:1'), datacenter('dc2', 0, 'b:1'), datacenter('old')]);
  const after = state([datacenter('dc 1', 1, 'a:1'), datacenter('dc2', 0, null), datacenter('new')], 2);
  expect(systemChanges(before, after).map(({ key, op }) => [key, op])).toEqual([
    ['old', 'remove'],
    ['dc%201', 'put'],
    ['dc2/consul', 'put'],
    ['new', 'put'],
    ['/stream', 'put'],
  ]);
});

it('takes an age that grows for no change', () => {
  const aged = (lastContactMs: number) =>
    state([{ ...datacenter('dc1'), freshness: { state: 'live', since: AT, lastContactMs, reason: null } }]);
  expect(systemChanges(aged(100), aged(900))).toEqual([]);
});

const datacenters = fc
  .uniqueArray(fc.constantFrom('dc1', 'dc 2', 'connections', '数据', 'a/b'), { maxLength: 4 })
  .chain((names) =>
    fc.tuple(
      ...names
        .sort()
        .map((name) =>
          fc
            .tuple(fc.nat(2), fc.constantFrom('a:1', null, undefined))
            .map(([wakes, leader]) => datacenter(name, wakes, leader)),
        ),
    ),
  );
const states = fc.tuple(datacenters, fc.nat(2)).map(([list, clients]) => state(list, clients));

it('brings a reader from any state to the next, as long as what Consul once said of itself is never taken back', () => {
  fc.assert(
    fc.property(fc.array(states, { minLength: 1, maxLength: 6 }), (steps) => {
      const [first, ...rest] = steps as [SystemState, ...SystemState[]];
      let body = bodyOf(first, 1);
      let last = first;
      for (const [at, wanted] of rest.entries()) {
        const next = keepingConsul(last, wanted);
        const changes = systemChanges(last, next);
        body = foldChange(body, 'system', event(at + 2, changes)) as SystemBody;
        expect(body).toEqual(bodyOf(next, at + 2));
        last = next;
      }
    }),
  );
});

/** As the server does: a datacenter that is watched has looked once, and keeps what it saw. */
function keepingConsul(before: SystemState, after: SystemState): SystemState {
  return {
    ...after,
    datacenters: after.datacenters.map((dc) => ({
      ...dc,
      consul: dc.consul ?? before.datacenters.find(({ name }) => name === dc.name)?.consul ?? null,
    })),
  };
}
