import { Resolver } from 'node:dns/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { putInstance } from '@/e2e/harness/catalog';
import { Stage } from '@/e2e/harness/stage';
import type { ConsulHttp } from '@/e2e/world/consul-http';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import type { JsonObject } from '@/lib/release/json';
import type { Plan } from '@/server/release/actuator';
import { PlanRefused } from '@/server/release/actuator';
import { ofKind, type WeightsBench, weightsBench } from './weights-bench';

/** Instances that no agent owns, in the catalog of one real Consul. */
const stage = new Stage();
const signal = new AbortController().signal;
let world: World;
let consul: ConsulHttp;
let bench: WeightsBench;

beforeAll(async () => {
  world = await stage.bareWorld(1, { dns: true });
  consul = world.consul('dc1');
  bench = weightsBench(stage, world);
});

afterAll(() => stage.clear());

const REASON = (service: string, version: string) => `Lictor: 0% of the traffic of ${service}, ${version}`;

const put = (service: string, node: string, version: string, more: Partial<Parameters<typeof putInstance>[1]> = {}) =>
  putInstance(consul, { node, service, id: `${service}-${node}`, meta: { version }, ...more });

/** Two of 1.0 and one of 2.0. */
async function putThree(service: string): Promise<void> {
  await put(service, 'n1', '1.0');
  await put(service, 'n2', '1.0');
  await put(service, 'n3', '2.0');
}

interface Entry {
  Node: { Node: string };
  Service: JsonObject & { ID: string; Meta: Record<string, string>; Weights: { Passing: number; Warning: number } };
  Checks: { CheckID: string; Notes: string }[];
}
const entries = (service: string) => consul.get<Entry[]>(`/v1/health/service/${encodeURIComponent(service)}`);

/** Weight by node. */
async function weights(service: string): Promise<Record<string, number>> {
  return Object.fromEntries((await entries(service)).map((one) => [one.Node.Node, one.Service.Weights.Passing]));
}

const codes = ({ warnings }: Plan) => warnings.map(({ code }) => code);

describe('shares by the catalog', () => {
  test('a tenth on one of three instances is written as weights that DNS answers with', async () => {
    await putThree('share');
    const before = await bench.standing('share');
    expect(before).toMatchObject({ can: true, reason: null, declared: { '1.0': 66.67, '2.0': 33.33 }, source: null });
    const plan = await bench.plan('share', { '1.0': 90, '2.0': 10 });
    expect(plan).toMatchObject({ declares: { '1.0': 90, '2.0': 10 }, roundingError: 0, warnings: [] });
    await bench.carryOut(plan);
    expect(await bench.verify('share', plan)).toBeNull();
    expect(await bench.standing('share')).toMatchObject({
      ...{ declared: { '1.0': 90, '2.0': 10 }, source: 'dc1 weights of share' },
    });
    const resolver = new Resolver();
    resolver.setServers([`127.0.0.1:${world.node('dc1-server-1').plan.ports.dns}`]);
    const answered = (await resolver.resolveSrv('share.service.consul')).map(({ weight }) => weight).sort();
    const w = await weights('share');
    expect(answered).toEqual([w.n1, w.n2, w.n3].sort());
    expect((w.n3 ?? 0) / ((w.n1 ?? 0) + (w.n2 ?? 0) + (w.n3 ?? 0))).toBeCloseTo(0.1, 10);
    expect((await bench.plan('share', { '1.0': 90, '2.0': 10 })).writes).toEqual([]);
  });

  test('every field but the weights is kept, those too that a transaction drops', async () => {
    const shared = {
      Port: 80,
      Tags: ['a', '"<b>&é'],
      Meta: { version: '1.0', note: '<i>"&é' },
      EnableTagOverride: true,
    };
    const services = [
      { ...shared, ID: 'plain/1 "x"', Address: '10.9.9.9', Weights: { Passing: 3, Warning: 3 } },
      {
        ...{ ...shared, ID: 'rich', Weights: { Passing: 10, Warning: 5 }, Connect: { Native: true } },
        TaggedAddresses: { lan: { Address: '10.9.9.8', Port: 81 }, wan: { Address: '198.51.100.1', Port: 82 } },
      },
      { ...shared, ID: 'new', Meta: { version: '2.0', empty: '' } },
    ];
    for (const service of services) {
      await consul.put('/v1/catalog/register', {
        ...{ Node: `of ${service.ID}`, Address: '10.1.1.1', NodeMeta: { kept: 'yes' } },
        Service: { ...service, Service: 'kept' },
        Checks: [{ CheckID: 'up', Name: 'up', Status: 'passing', ServiceID: service.ID, Output: 'fine' }],
      });
    }
    const before = await entries('kept');
    const plan = await bench.plan('kept', { '1.0': 75, '2.0': 25 });
    expect(codes(plan)).toEqual(['catalog-race', 'uneven-weights']);
    await bench.carryOut(plan);
    const after = await entries('kept');
    expect(after.map(withoutWeights)).toEqual(before.map(withoutWeights));
    expect(Object.fromEntries(after.map(({ Service }) => [Service.ID, Service.Weights]))).toEqual({
      'plain/1 "x"': { Passing: 768, Warning: 768 },
      rich: { Passing: 768, Warning: 384 },
      new: { Passing: 512, Warning: 512 },
    });
    for (const write of plan.writes) {
      expect(await bench.writerOf(write).look(write, signal)).toBe('after');
      expect(await bench.writerOf(write).restore(write, signal)).toBe('restored');
      expect(await bench.writerOf(write).look(write, signal)).toBe('before');
      expect(await bench.writerOf(write).restore(write, signal)).toBe('restored');
    }
    expect((await entries('kept')).map(withoutIndex)).toEqual(before.map(withoutIndex));
  });

  test('what somebody else wrote since the plan is never overwritten', async () => {
    await putThree('raced');
    const plan = await bench.plan('raced', { '1.0': 50, '2.0': 50 });
    await put('raced', 'n1', '1.0', { weight: 7 });
    const [write] = ofKind(plan, 'catalog-service').filter(({ node }) => node === 'n1');
    if (!write) throw new Error('It is not planned.');
    const writer = bench.writerOf(write);
    expect(await writer.write(write, signal)).toBe('lost');
    expect(await writer.look(write, signal)).toBe('other');
    expect(await writer.restore(write, signal)).toBe('lost');
    expect(await weights('raced')).toMatchObject({ n1: 7 });
    await consul.put('/v1/catalog/deregister', { Node: 'n1', ServiceID: 'raced-n1' });
    expect(await writer.write(write, signal)).toBe('lost');
    expect(await writer.look(write, signal)).toBe('other');
  });

  test('a weight of 65535 is set anew with the others, and the plan says so', async () => {
    await put('most', 'n1', '1.0', { weight: 65_535 });
    await put('most', 'n2', '2.0');
    const plan = await bench.plan('most', { '1.0': 50, '2.0': 50 });
    expect(codes(plan)).toEqual(['weights-rescaled']);
    await bench.carryOut(plan);
    const { n1, n2 } = await weights('most');
    expect(n1).toBe(n2);
    expect(n1).toBeLessThan(65_535);
  });

  test('two hundred instances are re-weighted, each once', async () => {
    const operations = Array.from({ length: 200 }, (_, at) => at);
    for (const at of operations) await put('many', `m${at}`, at < 150 ? '1.0' : '2.0');
    const plan = await bench.plan('many', { '1.0': 90, '2.0': 10 });
    expect(plan.writes).toHaveLength(200);
    await bench.carryOut(plan);
    expect(await bench.verify('many', plan)).toBeNull();
    expect(await bench.standing('many')).toMatchObject({ declared: plan.declares });
  });
});

describe('what gets nothing', () => {
  test('goes into maintenance after the others have their weight, and comes back weight first', async () => {
    await putThree('zero');
    const down = await bench.plan('zero', { '1.0': 100, '2.0': 0 });
    const order: string[] = [];
    await bench.carryOut(down, ({ kind }) => order.push(kind));
    expect(order).toEqual(['catalog-service', 'catalog-service', 'catalog-check']);
    expect(await bench.verify('zero', down)).toBeNull();
    const [out] = (await entries('zero')).filter(({ Node }) => Node.Node === 'n3');
    expect(out?.Service.Weights.Passing).toBe(1);
    expect(out?.Checks).toContainEqual(
      expect.objectContaining({
        ...{ CheckID: '_service_maintenance:zero-n3', Status: 'critical', Notes: REASON('zero', '2.0') },
        ServiceName: 'zero',
      }),
    );
    expect(await bench.standing('zero')).toMatchObject({ declared: { '1.0': 100, '2.0': 0 }, reason: null });
    expect((await bench.plan('zero', { '1.0': 100, '2.0': 0 })).writes).toEqual([]);

    const up = await bench.plan('zero', { '1.0': 0, '2.0': 100 });
    const back: string[] = [];
    await bench.carryOut(up, (write) => {
      back.push(`${write.stage} ${write.kind} ${'node' in write ? write.node : ''}`);
    });
    expect(back).toEqual(['0 catalog-service n3', '1 catalog-check n3', '2 catalog-check n1', '2 catalog-check n2']);
    expect(await bench.standing('zero')).toMatchObject({ declared: { '1.0': 0, '2.0': 100 } });
    for (const write of up.writes.toReversed()) {
      expect(await bench.writerOf(write).restore(write, signal)).toBe('restored');
      expect(await bench.writerOf(write).look(write, signal)).toBe('before');
    }
    expect(await bench.standing('zero')).toMatchObject({ declared: { '1.0': 100, '2.0': 0 } });
  });

  test('a maintenance of somebody else is never taken off', async () => {
    await putThree('foreign');
    const check = { CheckID: '_service_maintenance:foreign-n3', Name: 'm', Status: 'critical', Notes: 'disk is full' };
    await consul.put('/v1/catalog/register', {
      ...{ Node: 'n3', Address: '10.1.1.1', Check: { ...check, ServiceID: 'foreign-n3' } },
    });
    await put('foreign', 'n4', '2.0');
    const plan = await bench.plan('foreign', { '1.0': 50, '2.0': 50 });
    expect(codes(plan)).toContain('foreign-maintenance');
    expect(ofKind(plan, 'catalog-check')).toEqual([]);
    await bench.carryOut(plan);
    const [n3] = (await entries('foreign')).filter(({ Node }) => Node.Node === 'n3');
    expect(n3?.Checks).toContainEqual(expect.objectContaining({ Notes: 'disk is full' }));
    expect(await bench.standing('foreign')).toMatchObject({ declared: { '1.0': 50, '2.0': 50 } });
  });

  test('a version whose instances are all critical, or were never seen healthy, gets nothing: the plan is refused', async () => {
    await putThree('ill');
    await put('ill', 'n3', '2.0', { status: 'critical' });
    const refused = bench.plan('ill', { '1.0': 90, '2.0': 10 });
    await expect(refused).rejects.toThrow(
      /^10% would go to "2\.0", of which no instance can take traffic \(1 critical\)/,
    );
    await expect(refused).rejects.toMatchObject({ name: 'PlanRefused', code: 'no-healthy-target' });
    await consul.put('/v1/catalog/register', {
      ...{ Node: 'n4', Address: '10.1.1.1' },
      Service: { ID: 'ill-n4', Service: 'ill', Meta: { version: '3.0' } },
    });
    await expect(bench.plan('ill', { '1.0': 90, '3.0': 10 })).rejects.toThrow(/1 without a check that looks at it/);
    const plan = await bench.plan('ill', { '1.0': 100, '2.0': 0, '3.0': 0 });
    expect(ofKind(plan, 'catalog-check').map(({ node }) => node)).toEqual(['n3', 'n4']);
    expect(await weights('ill')).toEqual({ n1: 1, n2: 1, n3: 1, n4: 1 });
  });
});

test('a canary that registers late is named until the shares are applied again', async () => {
  await putThree('late');
  await bench.carryOut(await bench.plan('late', { '1.0': 90, '2.0': 10 }));
  await put('late', 'n4', '2.0');
  const late = /^1 instance is not yet weighted: "late-n4" on "n4"/;
  expect((await bench.standing('late')).reason).toMatch(late);
  await bench.carryOut(await bench.plan('late', { '1.0': 100, '2.0': 0 }));
  expect(await bench.standing('late')).toMatchObject({ reason: null });
  await put('late', 'n5', '2.0');
  const standing = await bench.standing('late');
  expect(standing.reason).toMatch(/^1 instance is not yet weighted: "late-n5" on "n5"/);
  expect(standing.declared?.['2.0']).toBeGreaterThan(0);
  await bench.carryOut(await bench.plan('late', { '1.0': 100, '2.0': 0 }));
  expect(await bench.standing('late')).toMatchObject({ reason: null, declared: { '1.0': 100, '2.0': 0 } });
});

test('names of services, nodes and instances may hold anything', async () => {
  const odd = { service: 'a"b;<i>/é %2F', node: 'n/1 "é"?#' };
  await putInstance(consul, { ...odd, id: 'i/1 "<b>"', meta: { version: '1 "<x>"' } });
  await putInstance(consul, { ...odd, node: 'n/2', id: 'i/2', meta: { version: '2' } });
  const plan = await bench.plan(odd.service, { '1 "<x>"': 0, '2': 100 });
  await bench.carryOut(plan);
  expect(await bench.verify(odd.service, plan)).toBeNull();
  expect(await bench.standing(odd.service)).toMatchObject({ declared: { '1 "<x>"': 0, '2': 100 } });
});

test('an answer that lacks what the fleet shows is not planned on, and a name that Consul leads elsewhere neither', async () => {
  await putThree('part');
  const shown = (await bench.standing('part')).instances.map(({ key, node, id }) => ({
    key,
    node,
    id,
    unconfirmed: false,
  }));
  const instances = [...shown, { key: 'dc1/n9/part-n9', node: 'n9', id: 'part-n9', unconfirmed: false }];
  const standing = await bench.standing('part', { instances: instances as never });
  expect(standing).toMatchObject({ can: false, trouble: { code: 'not-all-readable' } });
  expect(() => bench.actuator.plan(bench.subject('part'), standing, { mechanism: 'weights', shares: {} })).toThrow(
    PlanRefused,
  );
  expect(await bench.standing('a/../part')).toMatchObject({ can: false, trouble: { code: 'unreadable-name' } });
  expect(await bench.standing('nobody')).toMatchObject({
    can: false,
    trouble: { code: 'no-instance' },
    declared: null,
  });
});

test('a catalog write to an instance that an agent owns is undone by the agent, and is told as such', async () => {
  await world.register('dc1-server-1', { Name: 'owned', ID: 'owned', Meta: { version: '1.0' } });
  const [entry] = await until('the catalog to show it', async () => {
    const found = await entries('owned');
    return found.length > 0 && found;
  });
  expect(await bench.standing('owned')).toMatchObject({ can: false, trouble: { code: 'agent-not-opted-in' } });
  const { CreateIndex: _, ModifyIndex: index, ...before } = entry?.Service ?? ({} as JsonObject);
  const forced = {
    ...({ kind: 'catalog-service', dc: 'dc1', target: 'forced', stage: 0 } as const),
    ...{ node: 'dc1-server-1', id: 'owned', before, index: Number(index) },
    after: { ...before, Weights: { Passing: 7, Warning: 7 } },
  };
  const writer = bench.writerOf(forced);
  expect(await writer.write(forced, signal)).toBe('written');
  expect(await writer.look(forced, signal)).toBe('after');
  // Any change of its own makes the agent compare all that it owns with the catalog.
  await world.register('dc1-server-1', { Name: 'owned', ID: 'owned', Meta: { version: '1.0', again: 'yes' } });
  await until('the agent to undo it', async () => (await writer.look(forced, signal)) === 'other');
  expect(await writer.restore(forced, signal)).toBe('lost');
  expect((await entries('owned'))[0]?.Service.Weights.Passing).toBe(1);
});

const withoutWeights = ({ Service, ...rest }: Entry) => ({
  ...rest,
  Service: { ...Service, Weights: null, ModifyIndex: null },
});
const withoutIndex = ({ Service, ...rest }: Entry) => ({ ...rest, Service: { ...Service, ModifyIndex: null } });
