import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LictorUnderTest, lictorFor } from '@/e2e/harness/lictor-for';
import { startWorld } from '@/e2e/world/start-world';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import type { FleetBody } from '@/lib/fleet/model';

/** What docs/acl.md asks an operator to grant. */
const LEAST_POLICY = 'service_prefix "" { policy = "read" }\nnode_prefix "" { policy = "read" }';

let world: World;
const started: LictorUnderTest[] = [];

beforeAll(async () => {
  world = await startWorld({ datacenters: 2, acl: true });
});

afterAll(async () => {
  for (const lictor of started) await lictor.close();
  await world?.stop();
});

async function lictorWith(token: string): Promise<LictorUnderTest> {
  const lictor = await lictorFor(world.datacenters[0]?.serverHttp ?? '', { CONSUL_HTTP_TOKEN: token });
  started.push(lictor);
  return lictor;
}

const fleetOf = async (lictor: LictorUnderTest) => (await lictor.get<FleetBody>('/api/v1/fleet'))?.datacenters ?? [];

test('the documented policy is enough for everything that is shown, in every datacenter', async () => {
  const consul = world.consul('dc1');
  await consul.put('/v1/acl/policy', { Name: 'lictor', Rules: LEAST_POLICY });
  const { SecretID } = await consul.put<{ SecretID: string }>('/v1/acl/token', { Policies: [{ Name: 'lictor' }] });
  const lictor = await lictorWith(SecretID);
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
  const lictor = await lictorWith(secret);
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
