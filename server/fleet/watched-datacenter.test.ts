import { afterEach, expect, test } from 'vitest';
import { answerOf } from '@/server/consul/testing/answer';
import { HeldTransport } from '@/server/consul/testing/held-transport';
import { ManualClock, settled } from '@/server/consul/testing/manual-clock';
import { Federations } from './configuration/federations';
import { ConsulContact } from './consul-contact';
import { FleetStore } from './fleet-store';
import { GossipMembers } from './gossip-members';
import type { Publisher } from './publisher';
import { RefusedAnswers } from './refused-answers';
import { WatchedDatacenter } from './watched-datacenter';

const AT = '2026-01-01T00:00:00.000Z';
const running: WatchedDatacenter[] = [];

afterEach(() => {
  for (const datacenter of running.splice(0)) datacenter.stop();
});

const publisher: Publisher = {
  epoch: 1,
  seq: 0,
  publish: (topic, publication) => ({ topic, seq: 1, at: AT, ...publication }),
};

/** A datacenter whose token may read everything but what a rule denies by name. */
async function watching() {
  const transport = new HeldTransport();
  const clock = new ManualClock();
  const consul = new ConsulContact('http://127.0.0.1:8500', AT);
  const store = new FleetStore(
    publisher,
    () => AT,
    () => consul.reach,
    { share: 1, withinMs: 5_000, least: 5, nowMs: () => clock.now() },
  );
  const random = () => 0;
  const datacenter = new WatchedDatacenter(
    'dc1',
    {
      ...{ transport, transportOf: () => transport, datacenters: null, consul, refused: new RefusedAnswers(), store },
      ...{ clock, random, tokens: () => 'x', hasToken: () => true, versionMetaKeys: ['version'] },
      ...{ hotServices: () => [], otherWaits: () => 0, waitFailed: () => {}, log: { warn: () => {} } },
      configuration: {
        ...{ kvPrefixes: [], federations: new Federations(() => clock.now()), mayWait: () => true },
        listener: { baseline: () => {}, changed: () => {}, complete: () => {} },
      },
    },
    new GossipMembers({ transport, clock, random }),
    () => {},
  );
  running.push(datacenter);
  const answer = async (path: string, body: unknown, index: number, filteredByAcls = false) => {
    const at = transport.open.findIndex(({ request }) => request.path === path);
    transport.open.splice(at, 1)[0]?.resolve(answerOf(body, { index, filteredByAcls, receivedAtMs: clock.now() }));
    await settled();
    datacenter.judge(clock.now());
  };
  await answer('/v1/internal/acl/authorize', [{ Allow: true }, { Allow: true }], 1);
  const seen = () => ({ partial: store.fleetBody().datacenters[0]?.partial, problems: datacenter.report().problems });
  return { answer, seen };
}

test('lists that Consul cut short, as it says since 1.11, make a datacenter partial for as long as they are', async () => {
  const { answer, seen } = await watching();
  await answer('/v1/catalog/services', { web: [] }, 5);
  expect(seen()).toEqual({ partial: false, problems: [] });
  await answer('/v1/catalog/services', { web: [] }, 6, true);
  expect(seen()).toEqual({
    partial: true,
    problems: [expect.stringMatching(/^Consul leaves some services out .*\.$/)],
  });
  await answer('/v1/catalog/nodes', [], 6, true);
  expect(seen().problems).toEqual([expect.stringMatching(/^Consul leaves some nodes and services out .*\.$/)]);
  // The same index: a wait that ended without a change tells it too.
  await answer('/v1/catalog/services', { web: [] }, 6);
  await answer('/v1/catalog/nodes', [], 6);
  expect(seen()).toEqual({ partial: false, problems: [] });
});
