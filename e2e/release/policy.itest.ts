import { afterAll, beforeAll, expect, test } from 'vitest';
import { onStage, Stage } from '@/e2e/harness/stage';
import { type Gateway, startGateway } from '@/e2e/world/gateway/gateway-process';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import type { Instance } from '@/lib/fleet/model';
import type { WriteOf } from '@/lib/release/planned-write';
import { policyKey } from '@/lib/release/policy/policy-key';
import type { SplitWish } from '@/lib/release/split-body';
import { PlanRefused } from '@/server/release/actuator';
import { PolicyActuator } from '@/server/release/policy/policy-actuator';
import { KvWriter } from '@/server/release/writers/kv-writer';
import { releaseConsulAt } from './release-consul-at';
import { sampledWithin } from './sampled-share';
import { ServedInstance, type ServedPlan } from './served-instance';

const PREFIX = 'lictor/traffic/';
const { signal } = new AbortController();

const stage = new Stage();
let world: World;
let actuator: PolicyActuator;
let writer: KvWriter;

beforeAll(async () => {
  world = await stage.bareWorld(1);
  const { consul, close } = releaseConsulAt(world.consul('dc1').address);
  stage.atEnd(close);
  actuator = new PolicyActuator({ consul, prefix: PREFIX });
  writer = new KvWriter(consul);
});

afterAll(() => stage.clear());

async function served(plan: ServedPlan): Promise<ServedInstance> {
  return stage.opened(ServedInstance.open(world.consul('dc1'), plan));
}

async function gatewayOf(service: string): Promise<Gateway> {
  return stage.opened(startGateway({ consul: world.consul('dc1').address, service, dc: 'dc1', port: 0 }));
}

/** As Lictor itself would show it: passing, verified by a check of its own. */
const instanceOf = (service: string, version: string): Instance => ({
  ...{ key: `dc1/shelf/${service}-${version}`, id: `${service}-${version}`, node: 'shelf', address: '127.0.0.1' },
  ...{ port: 80, version, tags: [], meta: {}, weights: { passing: 1, warning: 1 }, status: 'passing' },
  ...{ since: '2026-01-01T00:00:00.000Z', sinceAtLeast: false, unconfirmed: false },
  checks: [
    {
      ...{ id: 'c', name: 'c', type: '', status: 'passing', output: '', notes: '', scope: 'service' },
      ...{ since: '2026-01-01T00:00:00.000Z', sinceAtLeast: false },
    },
  ],
});

const subjectOf = (name: string, versions = ['v1', 'v2']) => ({
  ...{ dc: 'dc1', name, stages: {}, versionMetaKeys: ['version'] },
  instances: versions.map((version) => instanceOf(name, version)),
});

async function plan(service: string, wish: Partial<SplitWish>, versions?: string[]): Promise<WriteOf<'kv'>> {
  const subject = subjectOf(service, versions);
  const { writes } = actuator.plan(subject, await actuator.read(subject, signal), { mechanism: 'policy', ...wish });
  const [write, ...others] = writes;
  if (write?.kind !== 'kv' || others.length > 0) throw new Error('A policy is one write to one key.');
  return write;
}

async function apply(service: string, wish: Partial<SplitWish>, versions?: string[]): Promise<WriteOf<'kv'>> {
  const write = await plan(service, wish, versions);
  expect(await writer.write(write, signal)).toBe('written');
  return write;
}

interface Stored {
  Value: string;
  Flags: number;
  ModifyIndex: number;
}

/** As anyone could read it with curl. */
async function stored(key: string): Promise<{ text: string; flags: number; index: number } | null> {
  const path = `/v1/kv/${key.split('/').map(encodeURIComponent).join('/')}`;
  const all = await world
    .consul('dc1')
    .get<Stored[]>(path)
    .catch(() => []);
  return all[0] === undefined
    ? null
    : { text: Buffer.from(all[0].Value, 'base64').toString(), flags: all[0].Flags, index: all[0].ModifyIndex };
}

/** By somebody else; `flags` are his. */
const put = (key: string, text: string, flags = 0) =>
  fetch(`${world.consul('dc1').address}/v1/kv/${key}?flags=${flags}`, { method: 'PUT', body: text });

/** The gateway has heard of the document with that count. */
const obeys = (gateway: Gateway, version: string) =>
  until(`the gateway to obey version ${version}`, async () => {
    const { headers } = await fetch(gateway.address);
    return headers.get('x-gateway-policy') === version;
  });

const CONNECTIONS = 16;

/** Sends them one after the other over some connections, and counts the answers that are not 200. */
async function send(gateway: Gateway, requests: number, headers: Record<string, string> = {}): Promise<number> {
  let failed = 0;
  const each = async () => {
    for (let n = 0; n < requests / CONNECTIONS; n += 1) {
      const answer = await fetch(gateway.address, { headers });
      await answer.text();
      if (answer.status !== 200) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, each));
  return failed;
}

test('a gateway that reads the document divides real requests as it says, and none fails while it moves', async () => {
  const old = await served({ service: 'web', version: 'v1', id: 'web-1' });
  const fresh = await served({ service: 'web', version: 'v2', id: 'web-2' });
  const gateway = await gatewayOf('web');
  const requests = 2_000;
  // Six counts, each wrong by chance with a probability below 1e-7: together below 1e-6.
  for (const [turn, share] of [10, 50, 90, 100, 0, 25].entries()) {
    const write = await plan('web', { shares: { v1: 100 - share, v2: share } });
    const moving = send(gateway, CONNECTIONS * 4);
    expect(await writer.write(write, signal)).toBe('written');
    expect(await moving).toBe(0);
    expect(await actuator.verify(subjectOf('web'), planned(write), signal)).toBeNull();
    await obeys(gateway, String(turn + 1));
    const before = [old.requests, fresh.requests];
    expect(await send(gateway, requests)).toBe(0);
    const [toOld, toFresh] = [old.requests - (before[0] ?? 0), fresh.requests - (before[1] ?? 0)];
    expect(toOld + toFresh).toBe(requests);
    const p = share / 100;
    expect(Math.abs(toFresh - requests * p)).toBeLessThanOrEqual(
      p === 0 || p === 1 ? 0 : sampledWithin(requests, p, 1e-7),
    );
  }
  const metrics = await (await fetch(`${gateway.address}/metrics`)).text();
  const counted = (version: string) =>
    Number(
      new RegExp(`gateway_requests_total{service="web",version="${version}",code="200"} (\\d+)`).exec(metrics)?.[1],
    );
  expect([counted('v1'), counted('v2')]).toEqual([old.requests, fresh.requests]);
});

const planned = (write: WriteOf<'kv'>) => ({ writes: [write], warnings: [], declares: null, roundingError: 0 });

test('a request with the header of a route goes to its version, whatever the shares say', async () => {
  await served({ service: 'api', version: 'v1', id: 'api-1' });
  const fresh = await served({ service: 'api', version: 'v2', id: 'api-2' });
  const gateway = await gatewayOf('api');
  const routes = [{ header: 'Gray-Tag', value: 'v2', version: 'v2' }];
  await apply('api', { shares: { v1: 100, v2: 0 }, routes });
  await obeys(gateway, '1');
  const before = fresh.requests;
  expect(await send(gateway, 160)).toBe(0);
  expect(fresh.requests).toBe(before);
  expect(await send(gateway, 160, { 'gray-tag': 'v2' })).toBe(0);
  expect(fresh.requests).toBe(before + 160);
  const standing = await actuator.read(subjectOf('api'), signal);
  expect(standing).toMatchObject({ routes, declared: { v1: 100, v2: 0 }, source: 'dc1 kv lictor/traffic/api' });
});

test('a gateway sends nothing to a version that has no passing instance, nor to one that was never verified, and says so', async () => {
  const old = await served({ service: 'cart', version: 'v1', id: 'cart-1' });
  const fresh = await served({ service: 'cart', version: 'v2', id: 'cart-2' });
  const unseen = await served({ service: 'cart', version: 'v2', id: 'cart-3', checked: false });
  const gateway = await gatewayOf('cart');
  const routes = [{ header: 'gray-tag', value: 'v2', version: 'v2' }];
  await apply('cart', { shares: { v1: 0, v2: 100 }, routes });
  await obeys(gateway, '1');
  const atOld = old.requests;
  expect(await send(gateway, 64)).toBe(0);
  expect([old.requests, unseen.requests]).toEqual([atOld, 0]);
  await fresh.register('critical');
  const answer = await until('the gateway to fall back', async () => {
    const { headers } = await fetch(gateway.address, { headers: { 'gray-tag': 'v2' } });
    return headers.get('x-gateway-version') === 'v1' && headers;
  });
  expect(decodeURIComponent(answer.get('x-gateway-fallback') ?? '')).toBe('no instance of v2 passes');
  const before = fresh.requests;
  expect(await send(gateway, 64)).toBe(0);
  expect([fresh.requests, unseen.requests]).toEqual([before, 0]);
});

test('without a document each instance gets the same, and what was the first document is taken away again', async () => {
  const old = await served({ service: 'queue', version: 'v1', id: 'queue-1' });
  await served({ service: 'queue', version: 'v2', id: 'queue-2' });
  const gateway = await gatewayOf('queue');
  await obeys(gateway, 'none');
  const write = await apply('queue', { shares: { v1: 0, v2: 100 } });
  expect(write).toMatchObject({ before: null, index: 0 });
  await obeys(gateway, '1');
  const before = old.requests;
  expect(await send(gateway, 64)).toBe(0);
  expect(old.requests).toBe(before);
  expect(await writer.look(write, signal)).toBe('after');
  expect(await writer.restore(write, signal)).toBe('restored');
  expect(await stored(write.key)).toBeNull();
  expect(await writer.look(write, signal)).toBe('before');
  await obeys(gateway, 'none');
  expect(await writer.restore(write, signal)).toBe('lost');
});

test('what somebody else wrote between plan and write is not written over, before or after', async () => {
  const key = policyKey(PREFIX, 'raced');
  const first = await plan('raced', { shares: { v1: 100 } });
  await put(key, JSON.stringify({ format: 1, service: 'raced', version: 1, shares: { v1: 50, v2: 50 } }));
  const theirs = await stored(key);
  expect(await writer.write(first, signal)).toBe('lost');
  expect(await writer.look(first, signal)).toBe('other');
  expect(await stored(key)).toEqual(theirs);

  const second = await apply('raced', { shares: { v1: 90, v2: 10 } });
  await put(key, '{"format":1,"service":"raced","version":9,"shares":{"v1":1,"v2":99}}');
  const again = await stored(key);
  expect(await actuator.verify(subjectOf('raced'), planned(second), signal)).toMatch(
    /^dc1 kv lictor\/traffic\/raced is not/,
  );
  expect(await writer.restore(second, signal)).toBe('lost');
  expect(await stored(key)).toEqual(again);
  await fetch(`${world.consul('dc1').address}/v1/kv/${key}`, { method: 'DELETE' });
  expect(await writer.look(second, signal)).toBe('other');
  expect(await actuator.verify(subjectOf('raced'), planned(second), signal)).toMatch(/no such key/);
});

test('fields, flags and bytes that others wrote are kept by a write, and come back by its restore', async () => {
  const key = policyKey(PREFIX, 'kept');
  const text = `{ "owner": {"team": "größe 🚢"},\t"format": 1, "service": "kept", "version": 41, "__proto__": 1, "shares": {"v1": 100} }\n`;
  await put(key, text, 4_242);
  const write = await apply('kept', { shares: { v1: 90, v2: 10 } });
  const after = await stored(key);
  expect(after).toMatchObject({ text: write.after, flags: 4_242 });
  expect(Object.keys(JSON.parse(after?.text ?? ''))).toContain('__proto__');
  expect(JSON.parse(after?.text ?? '')).toMatchObject({
    owner: { team: 'größe 🚢' },
    version: 42,
    shares: { v1: 90, v2: 10 },
  });
  expect(await writer.restore(write, signal)).toBe('restored');
  expect(await stored(key)).toMatchObject({ text, flags: 4_242 });
});

test.each([
  ['of a newer format', '{"format":2,"weights":[1]}', 'policy-newer-format', /format 2/],
  ['that is no document', 'v1=100', 'policy-unreadable', /no JSON object/],
  ['that is no text', '\xff\xfe\x00', 'policy-unreadable', /no text/],
])('what stands there %s is left as it is, with the reason', async (_, value, code, reason) => {
  const key = policyKey(PREFIX, `strange-${code}`);
  await fetch(`${world.consul('dc1').address}/v1/kv/${key}`, { method: 'PUT', body: Buffer.from(value, 'latin1') });
  const subject = subjectOf(`strange-${code}`);
  const standing = await actuator.read(subject, signal);
  expect(standing).toMatchObject({
    can: false,
    reason: expect.stringMatching(reason),
    declared: null,
    source: `dc1 kv ${key}`,
  });
  expect(() => actuator.plan(subject, standing, { mechanism: 'policy', shares: { v1: 100 } })).toThrow(PlanRefused);
});

test('a gateway keeps to the last document that it understood', async () => {
  const old = await served({ service: 'strict', version: 'v1', id: 'strict-1' });
  await served({ service: 'strict', version: 'v2', id: 'strict-2' });
  const gateway = await gatewayOf('strict');
  await apply('strict', { shares: { v1: 0, v2: 100 } });
  await obeys(gateway, '1');
  await put(policyKey(PREFIX, 'strict'), '{"format":2}');
  await until('the gateway to refuse it', async () =>
    (await (await fetch(`${gateway.address}/metrics`)).text()).includes(
      'gateway_policy_refused_total{service="strict"} 1\n',
    ),
  );
  const before = old.requests;
  expect(await send(gateway, 64)).toBe(0);
  expect(old.requests).toBe(before);
});

test('a gateway tells versions by tags where the metadata says none, as Lictor does', async () => {
  const register = (ID: string, Tags: string[]) =>
    world.consul('dc1').put('/v1/catalog/register', {
      ...{ Node: 'shelf', Address: '127.0.0.1' },
      Service: { ID, Service: 'tagged', Address: '127.0.0.1', Port: 9, Tags },
      Check: { CheckID: `${ID}:health`, Name: 'health', Status: 'passing', ServiceID: ID },
    });
  await register('tagged-1', ['public', 'v1', 'v9']);
  await register('tagged-2', ['8080']);
  const gateway = await gatewayOf('tagged');
  for (const version of ['v1', 'unversioned']) {
    const routes = [{ header: 'to', value: version, version }];
    await apply('tagged', { shares: { v1: 50, unversioned: 50 }, routes }, ['v1', 'unversioned']);
    // Nothing listens there; whom the gateway asked first is what its answer says.
    await until(`the gateway to know ${version}`, async () => {
      const { headers } = await fetch(gateway.address, { method: 'POST', headers: { to: version } });
      return headers.get('x-gateway-by') === 'header' && headers.get('x-gateway-version') === version;
    });
  }
});

test('an instance that is gone before Consul knows costs no request that can be asked again', async () => {
  const gone = await served({ service: 'crash', version: 'v2', id: 'crash-2' });
  await served({ service: 'crash', version: 'v1', id: 'crash-1' });
  const gateway = await gatewayOf('crash');
  await apply('crash', { shares: { v1: 50, v2: 50 } });
  await obeys(gateway, '1');
  await gone.close();
  expect(await send(gateway, 160)).toBe(0);
});

test.each(['..', 'a/../b', 'web "v2" & <b>?#%', 'größe'])(
  'a service called %j has a key of its own',
  async (service) => {
    const write = await apply(service, { shares: { v1: 100 } }, ['v1', 'v"2" or true']);
    expect(write.key).toBe(policyKey(PREFIX, service));
    expect(JSON.parse((await stored(write.key))?.text ?? '')).toMatchObject({ service, shares: { v1: 100 } });
    await apply(service, { shares: { v1: 90, 'v"2" or true': 10 } }, ['v1', 'v"2" or true']);
    const standing = await actuator.read(subjectOf(service), signal);
    expect(standing.declared).toEqual({ v1: 90, 'v"2" or true': 10 });
  },
);

test(
  'a token that may not write the key, or not read it, is a reason that names the rule',
  onStage(async (own) => {
    const secured = await own.bareWorld(1, { acl: true });
    const consul = secured.consul('dc1');
    const tokenWith = async (Name: string, Rules: string) => {
      await consul.put('/v1/acl/policy', { Name, Rules });
      const { SecretID } = await consul.put<{ SecretID: string }>('/v1/acl/token', { Policies: [{ Name }] });
      return SecretID;
    };
    const readWith = async (token: string | null) => {
      const { consul: limited, close } = releaseConsulAt(consul.address, token);
      own.atEnd(close);
      return new PolicyActuator({ consul: limited, prefix: PREFIX }).read(subjectOf('web'), signal);
    };
    const rule = 'grant it key_prefix "lictor/traffic/" { policy = "write" }';
    const reads = await tokenWith('reads', 'key_prefix "lictor/" { policy = "read" }');
    expect(await readWith(reads)).toMatchObject({ can: false, reason: expect.stringMatching(/may not write/) });
    expect((await readWith(reads)).reason).toContain(rule);
    const nothing = await readWith(await tokenWith('nothing', 'node_prefix "" { policy = "read" }'));
    expect(nothing).toMatchObject({ can: false, reason: expect.stringMatching(/may not read/) });
    expect(nothing.reason).toContain(rule);
    const writes = await tokenWith('writes', 'key_prefix "lictor/traffic/" { policy = "write" }');
    expect(await readWith(writes)).toMatchObject({ can: true });
  }),
);
