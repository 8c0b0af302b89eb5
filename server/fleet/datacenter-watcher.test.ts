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

/** A datacenter whose every request is held, and whose list names `web` and `api`. */
async function watching() {
  const transport = new HeldTransport();
  const clock = new ManualClock();
  const reach = { address: 'http://127.0.0.1:8500', reachable: true, since: AT, reason: null };
  const store = new FleetStore(
    publisher,
    () => AT,
    () => reach,
    { share: 1, withinMs: 5_000, least: 5, nowMs: () => 0 },
  );
  const freshness = { state: 'live', since: AT, lastContactMs: 0, reason: null } as const;
  store.seeDatacenter({ name: 'dc1', freshness, partial: false, leader: null, unconfirmed: null });
  const context = { dc: 'dc1', transport, clock, random: () => 0, store, versionMetaKeys: ['version'] };
  const told = {
    contacted: () => {},
    listed: () => {},
    failed: () => {},
    refusedAnswer: () => {},
    unreadable: () => {},
  };
  const watcher = new DatacenterWatcher(
    { ...context, ...told },
    () => {},
    () => {},
  );
  running.push(watcher);
  const held = (path: string) => transport.open.filter(({ request }) => request.path === path);
  /** Answers the oldest open request of this path. */
  const answer = async (path: string, body: unknown, index = 1) => {
    const at = transport.open.findIndex(({ request }) => request.path === path);
    transport.open.splice(at, 1)[0]?.resolve(answerOf(body, { index }));
    await settled();
  };
  await answer('/v1/catalog/services', { web: [], api: [] });
  const statusNow = () => store.serviceBody('dc1/web')?.service.status;
  return { transport, clock, watcher, held, answer, statusNow };
}

const WEB = '/v1/health/service/web';
const signals = (...exact: string[]) =>
  ({ mode: 'signals', exact: new Set(exact), waitMs: 20_000, queueMs: 0 }) as const;

test('an answer that was asked for before a service got its own watch does not undo what the watch has said', async () => {
  const { watcher, held, statusNow } = await watching();
  watcher.follow(signals());
  const [before] = held(WEB);
  watcher.follow(signals('web'));
  await settled();
  const [, own] = held(WEB);
  own?.resolve(answerOf(entry('critical'), { index: 9 }));
  await settled();
  expect(statusNow()).toBe('critical');
  before?.resolve(answerOf(entry('passing'), { index: 8 }));
  await settled();
  expect(statusNow()).toBe('critical');
});

test('until its own watch has answered, a service is told by what the signals bring', async () => {
  const { transport, watcher, answer, held, statusNow } = await watching();
  watcher.follow(signals());
  await answer(WEB, entry('passing'), 5);
  watcher.follow(signals('web'));
  await settled();
  const check = { ...entry('critical')[0]?.Checks[0], ServiceName: 'web' };
  await answer('/v1/health/state/critical', [check], 6);
  // The watch still waits for its first answer, the read goes out beside it.
  const [own, read] = held(WEB);
  read?.resolve(answerOf(entry('critical'), { index: 6 }));
  await settled();
  expect(statusNow()).toBe('critical');
  own?.resolve(answerOf(entry('critical'), { index: 6 }));
  await settled();
  // From now on a signal has the service read no more.
  const before = transport.requests.length;
  await answer('/v1/health/state/critical', [], 7);
  expect(transport.requests.slice(before).map(({ path }) => path)).toEqual(['/v1/health/state/critical']);
});

test('a service that loses its watch is read once after it: nobody else tells what changed meanwhile', async () => {
  const { watcher, answer, held, statusNow } = await watching();
  watcher.follow(signals('web'));
  await settled();
  await answer(WEB, entry('passing'), 5);
  watcher.follow(signals());
  expect(held(WEB).map(({ request }) => request.query)).toEqual([{ dc: 'dc1' }]);
  await answer(WEB, entry('critical'), 6);
  expect(statusNow()).toBe('critical');
});

test('an answer of a server that lags is not taken, and asked for again', async () => {
  const { watcher, clock, answer, held, statusNow } = await watching();
  watcher.follow(signals());
  await answer(WEB, entry('critical'), 6);
  watcher.readNow(['web']);
  await answer(WEB, entry('passing'), 5);
  expect(statusNow()).toBe('critical');
  expect(held(WEB)).toEqual([]);
  await clock.advance(300);
  await answer(WEB, entry('warning'), 7);
  expect(statusNow()).toBe('warning');
});

const SUMMARY = '/v1/internal/ui/services';
const API = '/v1/health/service/api';

test('a wake of the list that neither a watch nor two summaries explain has every service read once, soon', async () => {
  const { transport, watcher, clock, answer } = await watching();
  const summary = [{ Name: 'web', InstanceCount: 1 }];
  watcher.follow(signals());
  await answer(WEB, entry('passing'), 1);
  await answer(API, entry('passing'), 1);
  await answer(SUMMARY, summary);
  await answer('/v1/catalog/services', { web: [], api: [] }, 2);
  await clock.advance(1_000);
  // What the slow turn at rest has asked for by now.
  await answer(WEB, entry('passing'), 1);
  await answer(API, entry('passing'), 1);
  const before = transport.requests.length;
  await answer(SUMMARY, summary);
  await clock.advance(40);
  const paths = transport.requests.slice(before).map(({ path }) => path);
  expect(paths.filter((path) => path.startsWith('/v1/health/service/')).sort()).toEqual([API, WEB]);
});

test('a wake that a watched service explains by its index asks for no summary', async () => {
  const { watcher, clock, answer, held } = await watching();
  watcher.follow(signals('web'));
  await settled();
  await answer(WEB, entry('passing'), 1);
  await answer(SUMMARY, []);
  await answer('/v1/catalog/services', { web: [], api: [] }, 2);
  await answer(WEB, entry('passing'), 2);
  await clock.advance(1_900);
  expect(held(SUMMARY)).toEqual([]);
  await answer('/v1/catalog/services', { web: [], api: [] }, 3);
  await clock.advance(150);
  expect(held(SUMMARY).length).toBe(1);
});
