import { afterEach, expect, test } from 'vitest';
import { answerOf } from '@/server/consul/testing/answer';
import { HeldTransport } from '@/server/consul/testing/held-transport';
import { ManualClock, settled } from '@/server/consul/testing/manual-clock';
import { DatacenterContact } from './datacenter-contact';
import { DatacenterRights } from './datacenter-rights';
import { FleetStore } from './fleet-store';
import type { Publisher } from './publisher';

const AT = '2026-01-01T00:00:00.000Z';
const SERVICES = ['a', 'b', 'c', 'd', 'e', 'f'];
const stops: (() => void)[] = [];

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

function counting(): Publisher {
  let seq = 0;
  return {
    epoch: 1,
    get seq() {
      return seq;
    },
    publish: (topic, publication) => ({ topic, seq: ++seq, at: AT, ...publication }),
  };
}

/** A datacenter of six services, of which an answer has just left out all but one. */
async function losing() {
  const transport = new HeldTransport();
  const clock = new ManualClock();
  const reach = { address: '', reachable: true, since: AT, reason: null };
  const limits = { share: 0.3, withinMs: 5_000, least: 5, nowMs: () => clock.now() };
  const store = new FleetStore(
    counting(),
    () => AT,
    () => reach,
    limits,
  );
  const contact = new DatacenterContact('dc1', clock);
  store.seeDatacenter(contact.judge(clock.now(), false));
  const told = {
    ...{ contacted: () => {}, failed: () => {}, listed: () => {} },
    ...{ refusedAnswer: () => {}, unreadable: () => {} },
  };
  const rights = new DatacenterRights({
    context: { dc: 'dc1', transport, clock, random: () => 0, store, versionMetaKeys: [], ...told },
    ...{ contact, hasToken: () => true, log: { warn: () => {} } },
    ...{ onRegained: () => {}, onThere: () => {}, onChange: () => {} },
  });
  stops.push(() => rights.stop());
  const sighting = { at: AT, afterGap: false };
  const provenance = { index: 1, merged: false };
  const plain = { port: 80, tags: [], meta: {}, weights: { passing: 1, warning: 1 }, checks: [], address: '' };
  for (const name of SERVICES) {
    const instances = [{ id: name, node: 'n1', ...plain }];
    store.seeService({ ...sighting, dc: 'dc1', name, instances, unreadable: [], versionMetaKeys: [] }, provenance);
  }
  const paths = () => transport.requests.map(({ path }) => path.slice('/v1/'.length));
  const statuses = () => store.fleetBody().datacenters[0]?.services.map(({ status }) => status) ?? [];
  const tick = async (ms: number) => {
    await clock.advance(ms);
    rights.tick(clock.now());
    await settled();
  };
  const allow = (...names: boolean[]) => transport.answer(answerOf(names.map((Allow) => ({ Allow }))));
  await allow(true, true);
  store.forgetServices('dc1', SERVICES.slice(1), sighting, provenance);
  return { transport, clock, contact, store, rights, paths, statuses, tick, allow };
}

const HELD = ['passing', 'unknown', 'unknown', 'unknown', 'unknown', 'unknown'];

test('first the token, then its rights by name, and only then what the leader says', async () => {
  const { transport, paths, statuses, tick, allow } = await losing();
  expect(statuses()).toEqual(HELD);
  await tick(999);
  expect(paths()).toEqual(['internal/acl/authorize']);
  await tick(1);
  expect(paths().at(-1)).toBe('acl/token/self');
  await transport.answer(answerOf({ SecretID: 'secret' }));
  await allow(true, true);
  // Five services and their node, by name.
  expect(JSON.parse(transport.requests.at(-1)?.body ?? '')).toHaveLength(6);
  expect(statuses()).toEqual(HELD);
  await allow(true, true, true, true, true, true);
  expect(transport.requests.at(-1)).toMatchObject({ path: '/v1/catalog/services', query: { dc: 'dc1' } });
  await transport.answer(answerOf({ a: [] }));
  expect(statuses()).toEqual(['passing']);
});

test('a token that Consul does not know: nothing is read, nothing is gone, and it is tried again slowly', async () => {
  const { transport, clock, contact, paths, statuses, tick } = await losing();
  await tick(1_000);
  await transport.answer(answerOf('ACL not found', { status: 403 }));
  expect(contact.judge(clock.now(), true).freshness).toMatchObject({
    state: 'denied',
    reason: expect.stringMatching(/403/),
  });
  const asked = paths().length;
  await tick(10_000);
  expect(paths()).toHaveLength(asked);
  await tick(5_000);
  expect(paths().slice(asked)).toEqual(['internal/acl/authorize']);
  expect(statuses()).toEqual(HELD);
});

test('a right that was lost: the leader is not asked, for its empty answer would confirm nothing', async () => {
  const { transport, paths, statuses, tick, allow } = await losing();
  await tick(1_000);
  await transport.answer(answerOf({}));
  await allow(false, true);
  // All that is known, for the right to everything is gone: six services and a node.
  await allow(true, false, false, false, false, false, true);
  await tick(9_000);
  expect(paths()).not.toContain('catalog/services');
  expect(statuses()).toEqual(HELD);
});

test('a leader that does not answer is asked again after ten seconds, and no sooner', async () => {
  const { transport, store, rights, paths, statuses, tick, allow } = await losing();
  const round = async () => {
    await transport.answer(answerOf({}));
    await allow(true, true);
    await allow(true, true, true, true, true, true);
  };
  await tick(1_000);
  await round();
  await transport.answer(answerOf('No cluster leader', { status: 500 }));
  expect(rights.unconfirmed).toMatchObject({ instances: 5, reason: expect.stringContaining('No cluster leader') });
  const asked = paths().length;
  await tick(9_999);
  expect(paths()).toHaveLength(asked);
  await tick(1);
  await round();
  await transport.answer(answerOf({ a: [], b: [] }));
  // `b` is there, says the leader: it was left out by a server that is behind, and its one instance is looked for by name.
  expect(paths().at(-1)).toBe('internal/ui/services');
  await transport.answer(answerOf([{ Name: 'b', Nodes: ['n1'], InstanceCount: 1 }]));
  expect(paths().at(-1)).toBe('health/service/b');
  const node = { Node: 'n1', Address: '10.0.0.1', ModifyIndex: 1 };
  const service = { ID: 'b', Service: 'b', Port: 80, ModifyIndex: 1 };
  await transport.answer(answerOf([{ Node: node, Service: service, Checks: [] }]));
  expect(statuses()).toEqual(['passing', 'unknown']);
  expect(store.doubts.held('dc1').instances.size).toBe(1);
});
