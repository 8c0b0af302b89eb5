import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { putInstance } from '@/e2e/harness/catalog';
import { FollowedStream } from '@/e2e/harness/followed-stream';
import { type LictorUnderTest, lictorFor } from '@/e2e/harness/lictor-for';
import type { ConsulAgent } from '@/e2e/world/agent';
import { ConsulHttp } from '@/e2e/world/consul-http';
import { startWorld } from '@/e2e/world/start-world';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import type { FleetBody, Freshness } from '@/lib/fleet/model';
import type { ConsulHealth } from '@/lib/system/consul-health';
import type { SystemBody } from '@/lib/system/system-body';

const LEAST_POLICY = 'service_prefix "" { policy = "read" }\nnode_prefix "" { policy = "read" }';
/** Gossip takes its time, and so does a machine that is busy. */
const PATIENCE = { deadlineMs: 45_000 };

let world: World;
/** The server that Lictor asks: one that does not lead, and is never harmed. */
let asked: ConsulAgent;
let others: ConsulAgent[];
let lictor: LictorUnderTest;
let stream: FollowedStream;
const endings: (() => unknown)[] = [];
const startedAtMs = Date.now();

beforeAll(async () => {
  world = await startWorld({
    datacenters: 1,
    serversPerDatacenter: 3,
    clientsPerDatacenter: 0,
    shop: false,
    acl: true,
  });
  await putInstance(world.consul('dc1'), { node: 'edge', service: 'web' });
  const servers = world.datacenters[0]?.servers ?? [];
  const leader = await leaderIn(servers);
  const follower = servers.find((server) => server !== leader);
  if (!follower) throw new Error('No server of dc1 follows.');
  asked = follower;
  others = servers.filter((server) => server !== asked);
  lictor = await lictorWith(`${LEAST_POLICY}\noperator = "read"`);
  await lictor.synced();
  stream = await FollowedStream.open(lictor.url, ['system']);
  endings.push(() => stream.reader.cut());
});

afterAll(async () => {
  for (const end of endings.reverse()) await end();
  await world?.stop();
});

/** A server that has just joined, or just lost its leader, takes no policy for a moment. */
async function tokenWith(rules: string): Promise<string> {
  const Name = `rules-${randomUUID()}`;
  const { SecretID } = await until(
    'a token to be written',
    async () => {
      await asked.consul.put('/v1/acl/policy', { Name, Rules: rules }).catch(ignoreTaken);
      return asked.consul.put<{ SecretID: string }>('/v1/acl/token', { Policies: [{ Name }] });
    },
    PATIENCE,
  );
  // A server that does not lead learns of it a moment later, and a refusal is not asked about again for half a minute.
  await until('the asked server to know the token', async () => {
    const seen = await new ConsulHttp(asked.http, SecretID).get<object>('/v1/catalog/services?stale');
    return 'web' in seen;
  });
  return SecretID;
}

/** The policy of an attempt whose token could not be written. */
function ignoreTaken(error: Error): void {
  if (!error.message.includes('already exists')) throw error;
}

async function lictorWith(rules: string): Promise<LictorUnderTest> {
  return startLictor(await tokenWith(rules));
}

async function startLictor(token: string): Promise<LictorUnderTest> {
  const started = await lictorFor(asked.http, { CONSUL_HTTP_TOKEN: token });
  endings.push(() => started.close());
  return started;
}

const rpcOf = (server: ConsulAgent): string => `127.0.0.1:${server.plan.ports.rpc}`;

async function leaderIn(servers: readonly ConsulAgent[]): Promise<ConsulAgent | undefined> {
  const leader = await servers[0]?.leaderOf('dc1');
  return servers.find((server) => rpcOf(server) === leader);
}

/** Resolves with what Lictor says of Consul once it is as wanted. */
function consulWhere(
  what: string,
  wanted: (health: ConsulHealth) => boolean,
  of: LictorUnderTest = lictor,
): Promise<ConsulHealth> {
  return until(
    what,
    async () => {
      const health = (await of.system()).datacenters[0]?.consul;
      if (!health) return null;
      if (!wanted(health)) throw new Error(JSON.stringify(health));
      return health;
    },
    PATIENCE,
  );
}

const isWhole = ({ quorum, servers, gossip }: ConsulHealth): boolean =>
  quorum.state === 'kept' &&
  servers.length === 3 &&
  servers.every(({ gossip: status, healthy, voter }) => status === 'alive' && healthy && voter) &&
  gossip?.alive === 3;

/** The stream tells the same as the API, by its changes alone. */
async function untilFolded(what: string, wanted: (health: ConsulHealth) => boolean): Promise<void> {
  await until(
    `the stream to tell of ${what}`,
    () => {
      const health = (stream.body('system') as SystemBody | null)?.datacenters[0]?.consul;
      return health ? wanted(health) : false;
    },
    PATIENCE,
  );
}

/** Resolves once the datacenter's freshness, as the fleet tells it, is as wanted. */
async function untilFresh(wanted: (freshness: Freshness) => boolean): Promise<void> {
  await until(
    'the freshness of dc1',
    async () => {
      const freshness = (await lictor.get<FleetBody>('/api/v1/fleet'))?.datacenters[0]?.freshness;
      if (freshness && wanted(freshness)) return true;
      throw new Error(JSON.stringify(freshness));
    },
    PATIENCE,
  );
}

test('three servers: who leads, who votes, how far each is, by which endpoint and since when it is known', async () => {
  const health = await consulWhere('three healthy servers', isWhole);
  const leader = await leaderIn([asked, ...others]);
  expect(health.servers.map(({ name, leader: leads }) => [name, leads])).toEqual(
    ['dc1-server-1', 'dc1-server-2', 'dc1-server-3'].map((name) => [name, name === leader?.name]),
  );
  expect(health.leader).toBe(leader && rpcOf(leader));
  expect(health.quorum).toMatchObject({ voters: 3, reachable: 3, needed: 2, unseen: 0 });
  expect(health.failureTolerance).toBe(1);
  expect(health.versions).toEqual([{ version: health.servers[0]?.version, servers: 3, clients: 0 }]);
  for (const server of health.servers) expect(server.lastIndex).toBeGreaterThan(0);
  for (const { readAt, problem, missingRule } of Object.values(health.readings)) {
    expect([problem, missingRule]).toEqual([null, null]);
    expect(Date.parse(readAt ?? '')).toBeGreaterThanOrEqual(startedAtMs);
  }
  expect(Object.values(health.readings).map(({ source }) => source)).toEqual([
    '/v1/status/leader',
    '/v1/status/peers',
    '/v1/operator/raft/configuration',
    '/v1/operator/autopilot/health',
    '/v1/agent/members',
  ]);
});

test('without the right to ask the operator the servers are still known, and the missing rule is named', async () => {
  const modest = await lictorWith(LEAST_POLICY);
  const health = await consulWhere(
    'the servers without what the operator may ask',
    ({ servers, quorum, readings: { raft, autopilot } }) =>
      // Each is read by itself: one may be there before the others.
      servers.length === 3 && quorum.reachable === 3 && [raft, autopilot].every(({ missingRule }) => missingRule),
    modest,
  );
  for (const reading of [health.readings.raft, health.readings.autopilot]) {
    expect(reading).toMatchObject({ readAt: null, missingRule: 'operator = "read"' });
    expect(reading.problem).toMatch(/403/);
  }
  expect(health.quorum).toMatchObject({ state: 'kept', voters: 3, reachable: 3 });
  expect(health.servers.every(({ gossip, healthy }) => gossip === 'alive' && healthy === null)).toBe(true);
  const blind = await lictorWith('service_prefix "" { policy = "read" }');
  const unseen = await consulWhere(
    'members that may not be read',
    ({ readings, servers, quorum }) =>
      servers.length === 3 && quorum.unseen === 3 && readings.members.missingRule !== null,
    blind,
  );
  expect(unseen.readings.members.missingRule).toBe('node_prefix "" { policy = "read" }');
  expect(unseen.gossip).toBeNull();
  expect(unseen.quorum).toMatchObject({ state: 'kept', voters: 3, unseen: 3 });
});

test('a leader that is killed: another one is shown, the dead one stays in the list as failed, and it comes back', async () => {
  const old = await leaderIn([asked, ...others]);
  if (!old) throw new Error('dc1 has no leader.');
  await old.kill();
  const health = await consulWhere(
    'a new leader',
    ({ leader, servers }) =>
      leader !== null && leader !== rpcOf(old) && servers.find(({ name }) => name === old.name)?.gossip === 'failed',
  );
  expect(health.quorum).toMatchObject({ state: 'kept', voters: 3, reachable: 2, needed: 2 });
  expect(health.servers.find(({ address }) => address === health.leader)?.leader).toBe(true);
  expect(health.servers.filter(({ leader }) => leader)).toHaveLength(1);
  await untilFolded('the new leader', ({ leader, quorum }) => leader === health.leader && quorum.reachable === 2);
  await old.start();
  await consulWhere('all three servers again', isWhole);
});

test('two of three frozen: the quorum is lost, the datacenter is stale and read on, and all is well again without a restart', async () => {
  // Made now: without a quorum no token can be written.
  const token = await tokenWith(LEAST_POLICY);
  for (const server of others) server.freeze();
  try {
    const { quorum, leader } = await consulWhere('the quorum to be lost', (health) => health.quorum.state === 'lost');
    expect([quorum.reachable, quorum.voters, quorum.needed, leader]).toEqual([1, 3, 2, null]);
    expect(quorum.sentence).toMatch(/^Quorum lost: 1 of 3 voters reachable, 2 needed\./);
    await untilFolded('the lost quorum', (health) => health.quorum.state === 'lost');
    const metrics = await (await fetch(`${lictor.url}/metrics`)).text();
    expect(metrics).toContain('lictor_consul_quorum{dc="dc1",state="lost"} 1');
    expect(metrics).toContain('lictor_consul_voters{dc="dc1",count="reachable"} 1');
    await untilFresh(({ state, reason }) => state === 'stale' && Boolean(reason?.includes('no leader')));
    // Not only does it keep what it had: one that knows nothing reads the whole of it from the server that is left.
    const newcomer = await startLictor(token);
    await until(
      'the newcomer to have read everything',
      async () => {
        const { body } = await newcomer.readiness();
        if (body.datacenters.length > 0 && body.datacenters.every(({ state }) => state === 'synced')) return true;
        throw new Error(JSON.stringify(body));
      },
      PATIENCE,
    );
    const fleet = await newcomer.get<FleetBody>('/api/v1/fleet');
    expect(fleet?.datacenters[0]).toMatchObject({ name: 'dc1', freshness: { state: 'stale' }, leader: null });
    expect(fleet?.datacenters[0]?.services.map(({ name }) => name)).toContain('web');
  } finally {
    for (const server of others) server.thaw();
  }
  await consulWhere('the quorum to be back', isWhole);
  await untilFolded('the quorum', isWhole);
  await untilFresh(({ state }) => state === 'live');
});
