import { expect, test } from 'vitest';
import type { ReadRights } from '@/server/consul/read-rights';
import { answerOf } from '@/server/consul/testing/answer';
import { HeldTransport } from '@/server/consul/testing/held-transport';
import { ManualClock } from '@/server/consul/testing/manual-clock';
import { FleetStore } from './fleet-store';
import { confirmGone, isGone } from './gone-confirmation';
import type { LostInstance } from './lost-instances';
import type { Publisher } from './publisher';

const AT = '2026-01-01T00:00:00.000Z';
const NAMES = { services: new Set<string>(), nodes: new Set<string>() };
const EVERYTHING: ReadRights = { acls: true, services: true, nodes: true, forbidden: NAMES, askedAtMs: 0 };
const A_PART: ReadRights = { ...EVERYTHING, services: false };

const publisher: Publisher = {
  epoch: 1,
  seq: 0,
  publish: (topic, publication) => ({ topic, seq: 1, at: AT, ...publication }),
};

function lost(service: string, node: string, id: string): LostInstance {
  const texts = { key: `dc1/${node}/${id}`, id, node, address: '', version: '', since: AT };
  const rest = { port: 80, tags: [], meta: {}, weights: { passing: 1, warning: 1 }, checks: [] };
  return { service, instance: { ...texts, ...rest, status: 'unknown', sinceAtLeast: false, unconfirmed: true } };
}

const place = (instances: number | null, ...nodes: string[]) => ({ instances, nodes: new Set(nodes) });

test('by the list and the summary an instance is gone, or it is left open', () => {
  const one = lost('web', 'n1', 'a');
  const listed = new Set(['web']);
  expect(isGone(one, new Set(), new Map(), 0), 'its service is not listed').toBe(true);
  expect(isGone(one, listed, new Map([['web', place(3, 'n2')]]), 1), 'none stands on its node').toBe(true);
  expect(isGone(one, listed, new Map([['web', place(2, 'n1', 'n2')]]), 2), 'all that stand are seen').toBe(true);
  expect(isGone(one, listed, new Map([['web', place(3, 'n1', 'n2')]]), 2), 'one more stands').toBeNull();
  expect(isGone(one, listed, new Map([['web', place(null, 'n1')]]), 1), 'nobody counted').toBeNull();
  expect(isGone(one, listed, new Map(), 0), 'the summary leaves it out').toBeNull();
});

function confirming(missing: readonly LostInstance[], nodes: readonly string[] = [], rights = EVERYTHING) {
  const transport = new HeldTransport();
  const reach = { address: '', reachable: true, since: AT, reason: null };
  const limits = { share: 0.3, withinMs: 5_000, least: 5, nowMs: () => 0 };
  const store = new FleetStore(
    publisher,
    () => AT,
    () => reach,
    limits,
  );
  const freshness = { state: 'live', since: AT, lastContactMs: 0, reason: null } as const;
  store.seeDatacenter({ name: 'dc1', freshness, partial: false, leader: null, unconfirmed: null });
  const known = { dc: 'dc1', name: 'consul', instances: [], unreadable: [], versionMetaKeys: [] };
  store.seeService({ ...known, at: AT, afterGap: false }, { index: 1, merged: false });
  const told = {
    ...{ contacted: () => {}, failed: () => {}, listed: () => {} },
    ...{ refusedAnswer: () => {}, unreadable: () => {} },
  };
  const context = {
    dc: 'dc1',
    transport,
    clock: new ManualClock(),
    random: () => 0,
    store,
    versionMetaKeys: [],
    ...told,
  };
  const instances = new Map(missing.map((one) => [one.instance.key, one]));
  const { signal } = new AbortController();
  return { transport, confirmed: confirmGone(context, { instances, nodes: new Set(nodes) }, rights, signal) };
}

test('the leader is asked, and for whole services its list is enough', async () => {
  const { transport, confirmed } = confirming([lost('web', 'n1', 'a'), lost('api', 'n1', 'b')]);
  await transport.answer(answerOf({ consul: [] }, { index: 9 }));
  expect(await confirmed).toMatchObject({ instances: new Set(['dc1/n1/a', 'dc1/n1/b']), there: new Set(), index: 9 });
  expect(transport.requests.map(({ path, query }) => [path, query])).toEqual([['/v1/catalog/services', { dc: 'dc1' }]]);
});

test('what list and summary leave open is read by itself, and what is there is told to be there', async () => {
  const { transport, confirmed } = confirming([lost('web', 'n1', 'a'), lost('web', 'n1', 'b')], ['n1', 'n9']);
  await transport.answer(answerOf({ consul: [], web: [] }));
  await transport.answer(answerOf([{ Name: 'web', Nodes: ['n1'], InstanceCount: 1 }]));
  const node = { Node: 'n1', Address: '10.0.0.1', ModifyIndex: 1 };
  const service = { ID: 'b', Service: 'web', Port: 80, ModifyIndex: 1 };
  await transport.answer(answerOf([{ Node: node, Service: service, Checks: [] }]));
  await transport.answer(answerOf([node]));
  const found = await confirmed;
  expect(found).toMatchObject({ instances: new Set(['dc1/n1/a']), nodes: new Set(['n9']), there: new Set(['web']) });
});

test('a list without Consul itself is not believed where the token may read everything', async () => {
  const empty = confirming([lost('web', 'n1', 'a')]);
  await empty.transport.answer(answerOf({}));
  expect(await empty.confirmed).toBeNull();
  const part = confirming([lost('web', 'n1', 'a')], [], A_PART);
  await part.transport.answer(answerOf({}));
  expect(await part.confirmed).toMatchObject({ instances: new Set(['dc1/n1/a']) });
});
