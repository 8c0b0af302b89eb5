import { randomUUID } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Stage } from '@/e2e/harness/stage';
import { ConsulHttp } from '@/e2e/world/consul-http';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import { optedIn, weightsBench } from './weights-bench';

/** Two agents with ACLs on, one of them over TLS, whose services are registered with a token of their owner's. */
const stage = new Stage();
const NODES = ['dc1-client-1', 'dc1-client-2'] as const;
const owner = randomUUID();
const lictor = randomUUID();
let world: World;

beforeAll(async () => {
  world = await stage.bareWorld(1, { clientsPerDatacenter: 2, acl: true, tls: true });
  await newToken('owner', owner, 'service "pay" { policy = "write" }');
  const reads = 'node_prefix "" { policy = "read" }\nservice_prefix "" { policy = "read" }';
  await newToken('lictor', lictor, reads);
  await newToken('reader', readerToken, 'service "pay" { policy = "read" }');
  for (const [at, node] of NODES.entries()) await register(node, `${at + 1}.0`);
  await until('the catalog to show both', async () => (await passing()).length === 2);
});

afterAll(() => stage.clear());

const readerToken = randomUUID();

async function newToken(name: string, secret: string, rules: string): Promise<void> {
  const consul = world.consul('dc1');
  await consul.put('/v1/acl/policy', { Name: name, Rules: rules });
  await consul.put('/v1/acl/token', { SecretID: secret, Policies: [{ Name: name }] });
}

/** As the owner does it, with his own token. */
async function register(node: string, version: string, checks: boolean = true): Promise<void> {
  const check = { CheckID: 'pay:ttl', Name: 'ttl', TTL: '1h', Status: 'passing' };
  await asOwner(node).put('/v1/agent/service/register', {
    ...{ Name: 'pay', Port: 80, Meta: { version } },
    ...(checks && { Checks: [check] }),
  });
}

const asOwner = (node: string) => new ConsulHttp(world.node(node).http, owner);
const passing = () => world.consul('dc1').get<unknown[]>('/v1/health/service/pay?passing');

/** With the agents opted in, and this token for them. */
async function benchWith(token: string | null) {
  const file = token && `${world.folder}/token-${token}`;
  if (file) await writeFile(file, `${token}\n`);
  return weightsBench(stage, world, [optedIn(NODES[0], world.node(NODES[0]).http, file), overTls(file)], lictor);
}

function overTls(file: string | null) {
  const { tls, ...rest } = optedIn(NODES[1], world.node(NODES[1]).https ?? '', file);
  return { ...rest, tls: { ...tls, caFile: world.tls?.ca ?? null, serverName: 'server.dc1.consul' } };
}

/** The token that an agent keeps for its service, as it stands in its own folder. */
async function keptTokens(node: string): Promise<string[]> {
  const folder = `${world.folder}/${node}/services`;
  const files = await Promise.all((await readdir(folder)).map((file) => readFile(`${folder}/${file}`, 'utf8')));
  return files.map((file) => (JSON.parse(file) as { Token: string }).Token);
}

const SHARES = { '1.0': 75, '2.0': 25 };

test('without the token that owns the registration, with one that is unknown, and with one that may not write, the plan is refused', async () => {
  for (const [token, sentence] of [
    [null, /^The agent of node "dc1-client-1" in dc1 has ACLs on, and no token is given for it.*tokenFile/],
    [randomUUID(), /does not let the token of its tokenFile write the service "pay"/],
    [readerToken, /does not let the token of its tokenFile write the service "pay"/],
  ] as const) {
    const refused = (await benchWith(token)).plan('pay', SHARES);
    await expect(refused).rejects.toMatchObject({ name: 'PlanRefused', code: 'owner-token-unknown' });
    await expect(refused).rejects.toThrow(sentence);
    if (token) await expect(refused).rejects.not.toThrow(token);
  }
});

test('with it the weights are written, and the agent still keeps it: what the owner does later reaches the catalog', async () => {
  const bench = await benchWith(owner);
  const plan = await bench.plan('pay', SHARES);
  await bench.carryOut(plan);
  await until('the catalog to show it', async () => (await bench.verify('pay', plan)) === null);
  await bench.carryOut(await bench.plan('pay', { '1.0': 100, '2.0': 0 }));
  await until('the second to be out', async () => (await passing()).length === 1);
  for (const node of NODES) expect(await keptTokens(node)).toEqual([owner]);
  const up = await bench.plan('pay', SHARES);
  await bench.carryOut(up);
  expect(await passing()).toHaveLength(2);
  await asOwner(NODES[0]).put('/v1/agent/check/fail/pay:ttl');
  await until('the failure to reach the catalog', async () => (await passing()).length === 1);
  await asOwner(NODES[1]).put('/v1/agent/service/deregister/pay');
  await until('the deregistration to reach the catalog', async () => (await passing()).length === 0);
  const standing = await bench.standing('pay');
  expect(standing.instances.map(({ node }) => node)).toEqual([NODES[0]]);
});

test('an agent that the token may not ask who it is, and that has no check to tell it by, is not written to', async () => {
  await asOwner(NODES[1]).put('/v1/agent/service/register', { Name: 'pay', Port: 80, Meta: { version: '3.0' } });
  const bench = await benchWith(owner);
  await until('the refusal', async () => (await bench.standing('pay')).trouble?.code === 'agent-mistaken');
  expect((await bench.standing('pay')).reason).toMatch(/does not say which node it is: give its token agent:read/);
});

test("an instance in the catalog needs service:write of Lictor's own token, and to be read its node", async () => {
  await world.consul('dc1').put('/v1/catalog/register', {
    ...{ Node: 'edge', Address: '10.1.1.1', Service: { Service: 'free', Meta: { version: '1.0' } } },
    Check: { CheckID: 'up', Name: 'up', Status: 'passing', ServiceID: 'free' },
  });
  const bench = await benchWith(owner);
  expect(await bench.standing('free')).toMatchObject({ can: false, trouble: { code: 'service-denied' } });
  const shown = [{ key: 'dc1/edge/free', node: 'edge', id: 'free', unconfirmed: false }] as never;
  const blind = weightsBench(stage, world, [], readerToken);
  expect(await blind.standing('free', { instances: shown })).toMatchObject({
    ...{ can: false, trouble: { code: 'not-all-readable' } },
  });
  const trusted = weightsBench(stage, world, [], world.tokens?.management ?? null);
  const [write] = (await trusted.plan('free', { '1.0': 100 })).writes;
  if (!write) throw new Error('It is not planned.');
  await expect(blind.writerOf(write).write(write, new AbortController().signal)).rejects.toMatchObject({
    denied: true,
  });
  expect(await trusted.writerOf(write).look(write, new AbortController().signal)).toBe('before');
});
