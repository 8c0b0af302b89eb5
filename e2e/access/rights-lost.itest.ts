import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { putInstance, removeInstance } from '@/e2e/harness/catalog';
import { FollowedStream } from '@/e2e/harness/followed-stream';
import { type LictorUnderTest, lictorFor } from '@/e2e/harness/lictor-for';
import { startWorld } from '@/e2e/world/start-world';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import type { DatacenterRecord, FleetBody, NodesBody, ServiceRecord } from '@/lib/fleet/model';

const ALL = 'service_prefix "" { policy = "read" }\nnode_prefix "" { policy = "read" }';
const NOTHING = 'key_prefix "nothing" { policy = "read" }';
const HALF = 'service_prefix "a" { policy = "read" }\nnode_prefix "" { policy = "read" }';
/** On three nodes; those of `a` and those of `b` are as many. */
const SERVICES = Array.from({ length: 12 }, (_, n) => `${n % 2 === 0 ? 'a' : 'b'}-${n}`);
const NODES = ['edge-1', 'edge-2', 'edge-3'];
/** Rights are asked for every 15 s, Consul keeps them for a while, and a refused watch pauses for 15 s. */
const SLOW = { deadlineMs: 60_000 };

let world: World;
const ends: (() => unknown)[] = [];

beforeAll(async () => {
  world = await startWorld({ datacenters: 1, clientsPerDatacenter: 0, shop: false, acl: true });
  for (const service of SERVICES) for (const node of NODES) await put(service, node);
});

afterAll(async () => {
  for (const end of ends.reverse()) await end();
  await world?.stop();
});

const put = (service: string, node: string, status: 'passing' | 'critical' = 'passing') =>
  putInstance(world.consul('dc1'), { node, service, id: `${service}-${node}`, status });

/** A token whose policy can be changed, and revoked, and a Lictor that sees everything by it. */
async function watching() {
  const consul = world.consul('dc1');
  const Name = `lictor-${randomUUID()}`;
  const policy = await consul.put<{ ID: string }>('/v1/acl/policy', { Name, Rules: ALL });
  const token = await consul.put<{ SecretID: string; AccessorID: string }>('/v1/acl/token', { Policies: [{ Name }] });
  const lictor = await lictorFor(consul.address, { CONSUL_HTTP_TOKEN: token.SecretID });
  ends.push(() => lictor.close());
  await lictor.synced();
  const stream = await FollowedStream.open(lictor.url, ['fleet', 'nodes', 'service:dc1/a-0']);
  ends.push(() => stream.reader.cut());
  await until('all of it to be passing', () => SERVICES.every((name) => statusOf(stream, name) === 'passing'));
  const allow = async (Rules: string) => {
    await consul.put(`/v1/acl/policy/${policy.ID}`, { Name, Rules });
  };
  const revoke = () => consul.delete(`/v1/acl/token/${token.AccessorID}`);
  return { lictor, stream, allow, revoke };
}

const fleetOf = (stream: FollowedStream) => (stream.body('fleet') as FleetBody | null)?.datacenters[0];
const serviceOf = (stream: FollowedStream, name: string): ServiceRecord | undefined =>
  fleetOf(stream)?.services.find((service) => service.name === name);
const statusOf = (stream: FollowedStream, name: string) => serviceOf(stream, name)?.status;
const nodesOf = (stream: FollowedStream) => (stream.body('nodes') as NodesBody | null)?.datacenters[0]?.nodes ?? [];

/** Names of the services that were ever told to be gone. */
const toldGone = (stream: FollowedStream) =>
  stream.reader.changesOf('fleet').flatMap(({ change }) => (change.op === 'remove' ? [change.key] : []));

async function untilDatacenter(stream: FollowedStream, what: string, is: (dc: DatacenterRecord) => boolean) {
  return until(
    `dc1 to be ${what}`,
    () => {
      const dc = fleetOf(stream);
      return dc && is(dc) && dc;
    },
    SLOW,
  );
}

async function problemsOf(lictor: LictorUnderTest): Promise<string> {
  return (await lictor.system()).datacenters[0]?.problems.join() ?? '';
}

test('a policy that is cut to half of the services, then to nothing, and comes back: what may not be read is kept as unknown, and nothing is ever told to be gone', async () => {
  const { lictor, stream, allow } = await watching();
  await allow(HALF);
  // Only now does a watch wake, and bring an empty list.
  await put('b-1', 'edge-1', 'critical');
  await untilDatacenter(stream, 'partial', ({ partial }) => partial);
  const [seen, unseen] = ['a', 'b'].map((prefix) => SERVICES.filter((name) => name.startsWith(prefix)));
  await until('the half to be unknown', () => unseen?.every((name) => statusOf(stream, name) === 'unknown'), SLOW);
  expect(seen?.map((name) => statusOf(stream, name))).toEqual(seen?.map(() => 'passing'));
  expect(fleetOf(stream)?.freshness.state).toBe('live');
  expect(await problemsOf(lictor)).toContain('grant service_prefix "" { policy = "read" }.');
  // What may be read is watched on.
  await put('a-2', 'edge-2', 'critical');
  await until('a fall to be seen', () => statusOf(stream, 'a-2') === 'critical', SLOW);

  await allow(NOTHING);
  await put('a-0', 'edge-1', 'critical');
  await put('newcomer', 'edge-1');
  const denied = await untilDatacenter(stream, 'denied', ({ freshness }) => freshness.state === 'denied');
  expect(denied.freshness.reason).toMatch(/service_prefix "".*node_prefix ""/);
  await until('all of it to be unknown', () => SERVICES.every((name) => statusOf(stream, name) === 'unknown'), SLOW);
  const held = await untilDatacenter(stream, 'unconfirmed', ({ unconfirmed }) => (unconfirmed?.instances ?? 0) >= 36);
  expect(held.unconfirmed?.reason).toContain('grant');
  expect(serviceOf(stream, 'a-2')).toMatchObject({ instances: 3, passing: 0, critical: 0, unconfirmed: 3 });
  expect(nodesOf(stream).filter(({ name }) => NODES.includes(name))).toMatchObject(
    NODES.map((name) => ({ name, status: 'unknown', unconfirmed: true })),
  );
  expect(await lictor.get('/api/v1/services/dc1/a-2')).toMatchObject({
    instances: NODES.map((node) => ({ node, status: 'unknown', unconfirmed: true })),
  });

  await allow(ALL);
  for (const [service, node] of [
    ['b-1', 'edge-1'],
    ['a-2', 'edge-2'],
  ] as const)
    await put(service, node);
  await untilDatacenter(
    stream,
    'live and whole',
    ({ freshness, partial, unconfirmed }) => freshness.state === 'live' && !partial && unconfirmed === null,
  );
  const now = (name: string) => (name === 'a-0' ? 'critical' : 'passing');
  await until('all to be seen again', () => SERVICES.every((name) => statusOf(stream, name) === now(name)), SLOW);
  await until('what came meanwhile', () => statusOf(stream, 'newcomer') === 'passing', SLOW);
  expect(toldGone(stream)).toEqual([]);
  await put('a-0', 'edge-1');
  await removeInstance(world.consul('dc1'), 'edge-1', 'newcomer-edge-1');
  await until('what really leaves to leave', () => statusOf(stream, 'newcomer') === undefined, SLOW);
}, 180_000);

/** Nothing wakes in these, so each waits for the next question about its rights. */
describe.concurrent('while nothing changes in Consul', () => {
  test('a token that is revoked: the datacenter is denied, and nothing that was shown goes', async () => {
    const { stream, revoke } = await watching();
    await revoke();
    const denied = await untilDatacenter(stream, 'denied', ({ freshness }) => freshness.state === 'denied');
    expect(denied.freshness.reason).toMatch(/403.*token/);
    expect(SERVICES.filter((name) => statusOf(stream, name) === undefined)).toEqual([]);
    expect(toldGone(stream)).toEqual([]);
  }, 120_000);

  test('a right that is taken away: what it was for is unknown, and the missing rule is named', async () => {
    const { lictor, stream, allow } = await watching();
    await allow('node_prefix "" { policy = "read" }');
    await untilDatacenter(stream, 'partial', ({ partial }) => partial);
    await until('all of it to be unknown', () => SERVICES.every((name) => statusOf(stream, name) === 'unknown'), SLOW);
    expect(await problemsOf(lictor)).toContain('grant service_prefix "" { policy = "read" }.');
    expect(nodesOf(stream).filter(({ status }) => status === 'unknown')).toEqual([]);
    expect(toldGone(stream)).toEqual([]);
  }, 120_000);
});

test('of what really goes: a little is gone at once, most of it is unknown until the leader has confirmed it', async () => {
  const { stream } = await watching();
  const consul = world.consul('dc1');
  await removeInstance(consul, 'edge-1', 'a-0-edge-1');
  await until('one instance to be gone', () => serviceOf(stream, 'a-0')?.instances === 2);
  expect(serviceOf(stream, 'a-0')).toMatchObject({ status: 'passing', unconfirmed: 0 });
  const ofOne = stream.reader.changesOf('service:dc1/a-0').filter(({ change }) => change.key.endsWith('edge-1'));
  expect(ofOne.map(({ change }) => [change.op, change.from])).toEqual([['remove', 'passing']]);
  await put('a-0', 'edge-1');
  await until('it to be back', () => serviceOf(stream, 'a-0')?.instances === 3);

  const leaving = SERVICES.slice(0, 7);
  await Promise.all(leaving.flatMap((name) => NODES.map((node) => removeInstance(consul, node, `${name}-${node}`))));
  await until('what left to be gone', () => leaving.every((name) => statusOf(stream, name) === undefined), SLOW);
  const told = stream.reader.changesOf('fleet').filter(({ change }) => change.key === 'dc1/b-5');
  expect(told.map(({ change }) => [change.op, change.from])).toContainEqual(['remove', 'unknown']);
  expect(SERVICES.slice(7).map((name) => statusOf(stream, name))).toEqual(SERVICES.slice(7).map(() => 'passing'));
  await untilDatacenter(stream, 'clear', ({ unconfirmed }) => unconfirmed === null);
}, 120_000);
