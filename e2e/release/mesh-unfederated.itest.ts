import { afterAll, beforeAll, expect, test } from 'vitest';
import { putInstance } from '@/e2e/harness/catalog';
import { Stage } from '@/e2e/harness/stage';
import type { World } from '@/e2e/world/world';
import { compiledShares } from './compiled-shares';
import { type MeshBench, meshBench } from './mesh-bench';

const stage = new Stage();
let world: World;
let bench: MeshBench;

beforeAll(async () => {
  world = await stage.bareWorld(2, { federated: false });
  bench = meshBench(stage, world, { federated: false, ownAddresses: true });
  for (const dc of ['dc1', 'dc2']) {
    for (const version of ['1', '2']) {
      const id = `pay-${version}`;
      await putInstance(world.consul(dc), { node: `node-of-${dc}`, service: 'pay', id, meta: { version } });
    }
  }
});

afterAll(() => stage.clear());

const filterOf = (version: string) => `Service.Meta.version == "${version}"`;

test('where nothing is federated each datacenter has its own shares, and nothing is said of the others', async () => {
  for (const [dc, share] of [
    ['dc1', 10],
    ['dc2', 75],
  ] as const) {
    const plan = await bench.plan(dc, 'pay', { shares: { '1': 100 - share, '2': share } });
    expect(plan.writes.map(({ target }) => target)).toEqual([
      ...[
        `${dc} config service-defaults/pay`,
        `${dc} config service-resolver/pay`,
        `${dc} config service-splitter/pay`,
      ],
    ]);
    expect(plan.warnings.map(({ code }) => code)).toEqual(['protocol-http']);
    expect(await bench.carryOut(dc, 'pay', plan)).toMatchObject({ kind: 'written' });
    expect(await bench.verify(dc, 'pay', plan)).toBeNull();
  }
  for (const [dc, share] of [
    ['dc1', 10],
    ['dc2', 75],
  ] as const) {
    const compiled = await compiledShares(world.consul(dc), dc, 'pay');
    expect(compiled.shares).toEqual({ [filterOf('1')]: 100 - share, [filterOf('2')]: share });
    expect((await bench.standing(dc, 'pay')).declared).toEqual({ '1': 100 - share, '2': share });
  }
});

test('a failover to the other datacenter holds in its own alone', async () => {
  const plan = await bench.plan('dc1', 'pay', { failover: ['dc2'] });
  expect(plan.warnings).toEqual([]);
  expect(await bench.carryOut('dc1', 'pay', plan)).toMatchObject({ kind: 'written' });
  expect(await bench.verify('dc1', 'pay', plan)).toBeNull();
  expect((await compiledShares(world.consul('dc1'), 'dc1', 'pay')).failover).toEqual({
    ...{ [filterOf('1')]: ['dc2'], [filterOf('2')]: ['dc2'] },
  });
  expect((await compiledShares(world.consul('dc2'), 'dc2', 'pay')).failover).toEqual({});
});

test('an agent of another datacenter, which would write every entry in its own, is not written through, and the reason is said', async () => {
  const shared = meshBench(stage, world, { federated: false });
  await putInstance(world.consul('dc2'), {
    node: 'node-of-dc2',
    service: 'astray',
    id: 'astray',
    meta: { version: '1' },
  });
  expect(await shared.standing('dc2', 'astray')).toMatchObject({
    ...{ can: false, reason: expect.stringContaining('LICTOR_DATACENTERS') },
  });
  await expect(shared.plan('dc2', 'astray', { shares: { '1': 100 } })).rejects.toMatchObject({ code: 'not-writable' });
  const planned = await bench.plan('dc2', 'astray', { shares: { '1': 100 } });
  expect(await shared.carryOut('dc2', 'astray', planned)).toMatchObject({
    ...{ kind: 'failed', state: 'restored', sentence: expect.stringContaining('belongs to another federation') },
  });
  for (const dc of ['dc1', 'dc2']) {
    await expect(world.consul(dc).get('/v1/config/service-defaults/astray')).rejects.toThrow(/404/);
  }
});

test('a node check that is critical takes the canary out of what may get a share', async () => {
  await putInstance(world.consul('dc1'), { node: 'other', service: 'ill', id: 'ill-1', meta: { version: '1' } });
  await putInstance(world.consul('dc1'), { node: 'sick', service: 'ill', id: 'ill-2', meta: { version: '2' } });
  await world.consul('dc1').put('/v1/catalog/register', {
    ...{ Node: 'sick', Address: '10.1.1.1', SkipNodeUpdate: true },
    Check: { CheckID: 'disk', Name: 'disk', Status: 'critical' },
  });
  await expect(bench.plan('dc1', 'ill', { shares: { '1': 90, '2': 10 } })).rejects.toMatchObject({
    ...{ name: 'PlanRefused', code: 'no-healthy-target' },
  });
});
