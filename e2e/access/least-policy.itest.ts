import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type LictorUnderTest, lictorFor } from '@/e2e/harness/lictor-for';
import { startWorld } from '@/e2e/world/start-world';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import type { FleetBody } from '@/lib/fleet/model';

/** What docs/acl.md asks an operator to grant. */
const LEAST_POLICY = 'service_prefix "" { policy = "read" }\nnode_prefix "" { policy = "read" }';

const A_PART = 'service_prefix "pay" { policy = "read" }\nnode_prefix "" { policy = "read" }';

let world: World;
const started: LictorUnderTest[] = [];

beforeAll(async () => {
  world = await startWorld({ datacenters: 2, acl: true });
});

afterAll(() => world?.stop());

// Several at once would take all connections that Consul grants one client.
afterEach(async () => {
  for (const lictor of started.splice(0)) await lictor.close();
});

async function lictorWith(env: Record<string, string>): Promise<LictorUnderTest> {
  const lictor = await lictorFor(world.datacenters[0]?.serverHttp ?? '', env);
  started.push(lictor);
  return lictor;
}

const fleetOf = async (lictor: LictorUnderTest) => (await lictor.get<FleetBody>('/api/v1/fleet'))?.datacenters ?? [];

async function tokenWith(rules: string): Promise<string> {
  const consul = world.consul('dc1');
  const name = `lictor-${randomUUID()}`;
  await consul.put('/v1/acl/policy', { Name: name, Rules: rules });
  return (await consul.put<{ SecretID: string }>('/v1/acl/token', { Policies: [{ Name: name }] })).SecretID;
}

test('the documented policy is enough for everything that is shown, in every datacenter', async () => {
  const lictor = await lictorWith({ CONSUL_HTTP_TOKEN: await tokenWith(LEAST_POLICY) });
  await lictor.synced();
  const datacenters = await fleetOf(lictor);
  expect(datacenters.map(({ name, freshness }) => [name, freshness.state])).toEqual([
    ['dc1', 'live'],
    ['dc2', 'live'],
  ]);
  for (const { name, services } of datacenters) {
    const everything = await world.consul(name).get<Record<string, string[]>>('/v1/catalog/services');
    expect(services.map((service) => service.name).sort()).toEqual(Object.keys(everything).sort());
  }
  // The right to read the agent is optional: without it the budget is half of Consul's default.
  expect((await lictor.system()).connections.budget).toBe(100);
});

test('a token that Consul does not know is denied, with the reason, and its secret stands nowhere', async () => {
  const secret = '5b0d3a7c-1111-4222-8333-944444444444';
  const lictor = await lictorWith({ CONSUL_HTTP_TOKEN: secret });
  const [dc] = await until('the datacenters to be denied', async () => {
    const datacenters = await fleetOf(lictor);
    return datacenters.length > 0 && datacenters.every(({ freshness }) => freshness.state === 'denied') && datacenters;
  });
  expect(dc?.freshness.reason).toMatch(/403.*token/);
  const pages = await Promise.all(
    ['/api/v1/fleet', '/api/v1/system', '/readyz', '/metrics'].map((path) => fetch(lictor.url + path)),
  );
  for (const page of pages) expect(await page.text()).not.toContain(secret);
});

test('a token file that gets another token is picked up at once, out of the pause of a refusal', async () => {
  const file = join(world.folder, 'lictor-token');
  await writeFile(file, '5b0d3a7c-1111-4222-8333-955555555555\n');
  const lictor = await lictorWith({ CONSUL_HTTP_TOKEN_FILE: file });
  await until('the datacenters to be denied', async () => {
    const datacenters = await fleetOf(lictor);
    return datacenters.length > 0 && datacenters.every(({ freshness }) => freshness.state === 'denied');
  });
  // Far below the 15 s that a refused watch waits otherwise.
  const atOnce = { deadlineMs: 12_000 };
  await writeFile(file, `${await tokenWith(A_PART)}\n`);
  await until(
    'the datacenters to be live',
    async () =>
      (await fleetOf(lictor)).every(({ freshness, services }) => freshness.state === 'live' && services.length > 0),
    atOnce,
  );
  expect((await fleetOf(lictor)).flatMap(({ services }) => services.map(({ name }) => name))).not.toContain('cart');
  // In Consul nothing has changed, so no watch wakes for what this one may read beyond that.
  await writeFile(file, `${await tokenWith(LEAST_POLICY)}\n`);
  await until(
    'all to be seen',
    async () => (await fleetOf(lictor)).every(({ services }) => services.some(({ name }) => name === 'cart')),
    atOnce,
  );
});

test('a token that may read a part is said to see a part, and the missing rule is named', async () => {
  const lictor = await lictorWith({ CONSUL_HTTP_TOKEN: await tokenWith(A_PART) });
  await lictor.synced();
  const [dc] = await until('the datacenters to be partial', async () => {
    const datacenters = await fleetOf(lictor);
    return datacenters.length > 0 && datacenters.every(({ partial }) => partial) && datacenters;
  });
  expect(dc?.freshness.state).toBe('live');
  expect(dc?.services.map(({ name }) => name)).toContain('payment');
  expect(dc?.services.map(({ name }) => name)).not.toContain('cart');
  expect((await lictor.system()).datacenters[0]?.problems.join()).toContain(
    'grant service_prefix "" { policy = "read" }.',
  );
});

test('a token without any right is denied rather than shown an empty datacenter', async () => {
  const lictor = await lictorWith({ CONSUL_HTTP_TOKEN: await tokenWith('key_prefix "x" { policy = "read" }') });
  const [dc] = await until('the datacenters to be denied', async () => {
    const datacenters = await fleetOf(lictor);
    return datacenters.length > 0 && datacenters.every(({ freshness }) => freshness.state === 'denied') && datacenters;
  });
  expect(dc?.freshness.reason).toMatch(/service_prefix.*node_prefix/);
});
