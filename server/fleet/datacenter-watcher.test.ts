import { afterEach, expect, test } from 'vitest';
import { answerOf } from '@/server/consul/testing/answer';
import { HeldTransport } from '@/server/consul/testing/held-transport';
import { ManualClock, settled } from '@/server/consul/testing/manual-clock';
import { DatacenterWatcher } from './datacenter-watcher';
import { FleetStore } from './fleet-store';
import type { Publisher } from './publisher';

const AT = '2026-01-01T00:00:00.000Z';
const running: DatacenterWatcher[] = [];

afterEach(() => {
  for (const watcher of running.splice(0)) watcher.stop();
});

/** Numbers events and keeps none. */
const publisher: Publisher = {
  epoch: 1,
  seq: 0,
  publish: (topic, publication) => ({ topic, seq: 1, at: AT, ...publication }),
};

function entry(status: string) {
  const node = { Node: 'n1', Address: '10.0.0.1', ModifyIndex: 1 };
  const service = { ID: 'web', Service: 'web', Port: 80, ModifyIndex: 1 };
  const check = { Node: 'n1', CheckID: 'c', Name: 'c', Status: status, ServiceID: 'web', ModifyIndex: 1 };
  return [{ Node: node, Service: service, Checks: [check] }];
}

test('an answer that was asked for before a service got its own watch does not undo what the watch has said', async () => {
  const transport = new HeldTransport();
  const reach = { address: 'http://127.0.0.1:8500', reachable: true, since: AT, reason: null };
  const store = new FleetStore(
    publisher,
    () => AT,
    () => reach,
    { share: 1, withinMs: 5_000, least: 5, nowMs: () => 0 },
  );
  const freshness = { state: 'live', since: AT, lastContactMs: 0, reason: null } as const;
  store.seeDatacenter({ name: 'dc1', freshness, partial: false, leader: null, unconfirmed: null });
  const context = {
    dc: 'dc1',
    transport,
    clock: new ManualClock(),
    random: () => 0,
    store,
    versionMetaKeys: ['version'],
  };
  const told = { contacted: () => {}, failed: () => {}, refusedAnswer: () => {}, unreadable: () => {} };
  const watcher = new DatacenterWatcher(
    { ...context, ...told },
    () => {},
    () => {},
  );
  running.push(watcher);
  const held = (path: string) => transport.open.filter(({ request }) => request.path === path);
  const statusNow = () => store.serviceBody('dc1/web')?.service.status;

  held('/v1/catalog/services')[0]?.resolve(answerOf({ web: [] }));
  await settled();
  watcher.follow({ mode: 'signals', exact: new Set() });
  const [before] = held('/v1/health/service/web');
  watcher.follow({ mode: 'signals', exact: new Set(['web']) });
  const [, own] = held('/v1/health/service/web');
  own?.resolve(answerOf(entry('critical'), { index: 9 }));
  await settled();
  expect(statusNow()).toBe('critical');
  before?.resolve(answerOf(entry('passing'), { index: 8 }));
  await settled();
  expect(statusNow()).toBe('critical');
});
