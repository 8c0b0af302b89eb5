import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { putInstance } from '@/e2e/harness/catalog';
import { Stage } from '@/e2e/harness/stage';
import type { ConsulHttp } from '@/e2e/world/consul-http';
import type { World } from '@/e2e/world/world';
import { type MeshBench, meshBench } from './mesh-bench';

const READ = 'service_prefix "" { policy = "read" }\nnode_prefix "" { policy = "read" }';
/** The journal's own keys. */
const JOURNAL = 'key_prefix "lictor/" { policy = "write" }';
const writes = (service: string) => `service "${service}" { policy = "write" }`;
/** Where Lictor may not even see that there is such a service. */
const unseen = (service: string) => `service "${service}" { policy = "deny" }`;

const stage = new Stage();
let world: World;
let consul: ConsulHttp;

beforeAll(async () => {
  world = await stage.bareWorld(1, { acl: true });
  consul = world.consul('dc1');
});

afterAll(() => stage.clear());

async function benchWith(...rules: string[]): Promise<MeshBench> {
  const Name = `rules-${randomUUID()}`;
  await consul.put('/v1/acl/policy', { Name, Rules: rules.join('\n') });
  const { SecretID } = await consul.put<{ SecretID: string }>('/v1/acl/token', { Policies: [{ Name }] });
  return meshBench(stage, world, { token: SecretID });
}

async function run(service: string): Promise<void> {
  for (const version of ['1', '2']) {
    await putInstance(consul, { node: 'node', service, id: `${service}-${version}`, meta: { version } });
  }
}

const entry = (kind: string, name: string) => consul.get<Record<string, unknown>>(`/v1/config/${kind}/${name}`);
const SHARES = { shares: { '1': 90, '2': 10 } };

test('write access to the service is enough to divide its traffic', async () => {
  await run('pay');
  const bench = await benchWith(READ, JOURNAL, writes('pay'));
  const plan = await bench.plan('dc1', 'pay', SHARES);
  expect(await bench.carryOut('dc1', 'pay', plan)).toMatchObject({ kind: 'written' });
  expect(await bench.verify('dc1', 'pay', plan)).toBeNull();
});

test('denied in the middle of a plan: what was written before is taken back, and the sentence names what was refused', async () => {
  await run('mid');
  await consul.put('/v1/config', { Kind: 'service-defaults', Name: 'mid', Protocol: 'http' });
  await consul.put('/v1/config', { Kind: 'service-defaults', Name: 'secret', Protocol: 'http' });
  // A router may be written only by who may read every service that it sends to.
  const foreign = { Match: { HTTP: { PathPrefix: '/a' } }, Destination: { Service: 'secret' } };
  await consul.put('/v1/config', { Kind: 'service-router', Name: 'mid', Routes: [foreign] });
  const router = await entry('service-router', 'mid');
  const bench = await benchWith(READ, JOURNAL, writes('mid'), unseen('secret'));
  const plan = await bench.plan('dc1', 'mid', { ...SHARES, routes: [{ header: 'x', value: 'y', version: '2' }] });
  expect(plan.writes.map(({ stage: at, target }) => [at, target])).toEqual([
    [0, 'dc1 config service-resolver/mid'],
    [1, 'dc1 config service-splitter/mid'],
    [1, 'dc1 config service-router/mid'],
  ]);
  const written: string[] = [];
  const outcome = await bench.carryOut('dc1', 'mid', plan, async ({ entryKind }) => {
    written.push(entryKind);
  });
  expect(written.toSorted()).toEqual(['service-resolver', 'service-router', 'service-splitter']);
  expect(outcome).toMatchObject({ kind: 'failed', state: 'restored', sentence: expect.stringContaining('403') });
  expect((await entry('service-resolver', 'mid')).Subsets ?? null).toBeNull();
  expect((await entry('service-splitter', 'mid')).Splits).toEqual([{ Weight: 100 }]);
  expect((await entry('service-router', 'mid')).ModifyIndex).toBe(router.ModifyIndex);
});

test('entries that the token may not read: the mesh says that it cannot, with the reason, and a plan is refused', async () => {
  await run('hidden');
  const bench = await benchWith(READ, JOURNAL, unseen('hidden'));
  expect(await bench.standing('dc1', 'hidden')).toMatchObject({ can: false, reason: expect.stringContaining('403') });
  await expect(bench.plan('dc1', 'hidden', SHARES)).rejects.toMatchObject({ code: 'mesh-unavailable' });
});

test('a token that may only read plans and is denied at the first write: nothing is written', async () => {
  await run('readonly');
  const bench = await benchWith(READ, JOURNAL);
  const plan = await bench.plan('dc1', 'readonly', SHARES);
  expect(await bench.carryOut('dc1', 'readonly', plan)).toMatchObject({
    ...{ kind: 'failed', state: 'restored', sentence: expect.stringContaining('403') },
  });
  await expect(entry('service-defaults', 'readonly')).rejects.toThrow(/404/);
});
