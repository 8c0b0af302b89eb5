import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Stage } from '@/e2e/harness/stage';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import type { PlannedWrite } from '@/lib/release/planned-write';
import { ofKind, optedIn, type WeightsBench, weightsBench } from './weights-bench';

/** Instances that agents own, on one real datacenter of a server and twenty agents. */
const AGENTS = 20;
const stage = new Stage();
const signal = new AbortController().signal;
let world: World;
let bench: WeightsBench;

beforeAll(async () => {
  world = await stage.bareWorld(1, { clientsPerDatacenter: AGENTS });
  bench = weightsBench(stage, world, allAgents());
});

afterAll(() => stage.clear());

const nodes = () => world.datacenters[0]?.clients.map(({ name }) => name) ?? [];
const allAgents = () => nodes().map((node) => optedIn(node, world.node(node).http));

/** With a check that is passing, and all else that a definition can hold. */
const definition = (service: string, version: string, id = service) => ({
  ...{ ID: id, Name: service, Port: 8_080, Address: '127.0.0.1', EnableTagOverride: true },
  ...{ Tags: [`v${version}`, '"<b>é'], Meta: { version, note: '<i>"&é' }, Weights: { Passing: 10, Warning: 5 } },
  TaggedAddresses: { lan: { Address: '127.0.0.1', Port: 8_081 }, wan: { Address: '127.0.0.2', Port: 8_082 } },
  Checks: [
    { CheckID: `${id}:ttl`, Name: 'ttl', TTL: '1h', Status: 'passing', Notes: 'kept' },
    { CheckID: `${id}:warn`, Name: 'second', TTL: '1h', Status: 'passing' },
  ],
});

const sidecar = {
  Connect: {
    SidecarService: {
      Proxy: { Upstreams: [{ DestinationName: 'db', LocalBindPort: 9_191 }] },
      Checks: [{ Name: 'alias', TTL: '1h', Status: 'passing' }],
    },
  },
};

/** Registers it, and resolves when the catalog shows it passing. */
async function register(node: string, own: ReturnType<typeof definition>): Promise<void> {
  await world.register(node, own);
  await until(`the catalog to show ${own.ID} on ${node}`, async () =>
    (await passing(own.Name)).some((one) => one.Node.Node === node && one.Service.ID === own.ID),
  );
}

interface Entry {
  Node: { Node: string };
  Service: { ID: string; Weights: { Passing: number; Warning: number }; ModifyIndex: number };
  Checks: { CheckID: string; Status: string; Notes: string }[];
}
const entries = (service: string) => world.consul('dc1').get<Entry[]>(`/v1/health/service/${service}`);
const passing = (service: string) => world.consul('dc1').get<Entry[]>(`/v1/health/service/${service}?passing`);

/** Everything that an agent keeps of its services and their checks. */
async function kept(node: string): Promise<Record<string, unknown>> {
  const { consul } = world.node(node);
  const services = await consul.get<Record<string, object>>('/v1/agent/services');
  const checks = await consul.get<Record<string, object>>('/v1/agent/checks');
  return { services, checks };
}

const weightsAt = async (node: string, id: string) =>
  (await world.node(node).consul.get<Entry['Service']>(`/v1/agent/service/${id}`)).Weights;

describe('an agent that was opted in', () => {
  test('keeps every field, every check with its state and the sidecar, and has another weight, which the catalog shows', async () => {
    const [first = '', second = ''] = nodes();
    await register(first, { ...definition('web', '1.0', 'web-1'), ...sidecar } as never);
    await register(second, definition('web', '2.0', 'web-1'));
    await world.node(first).consul.put('/v1/agent/check/warn/web-1:warn', undefined);
    await until('the catalog to show the warning', async () =>
      (await entries('web')).some(({ Checks }) => Checks.some(({ Status }) => Status === 'warning')),
    );
    const before = [await kept(first), await kept(second)];
    const plan = await bench.plan('web', { '1.0': 90, '2.0': 10 });
    expect(plan.warnings.map(({ code }) => code)).toEqual(['agent-race']);
    expect(plan.writes.map(({ kind }) => kind)).toEqual(['agent-service', 'agent-service']);
    await bench.carryOut(plan);
    await until('the catalog to show it', async () => (await bench.verify('web', plan)) === null);
    expect(await weightsAt(first, 'web-1')).toEqual({ Passing: 2304, Warning: 1152 });
    expect(await weightsAt(second, 'web-1')).toEqual({ Passing: 256, Warning: 128 });
    const after = [await kept(first), await kept(second)];
    expect(after.map(withoutWeights)).toEqual(before.map(withoutWeights));
    for (const write of plan.writes) {
      const writer = bench.writerOf(write);
      expect(await writer.look(write, signal)).toBe('after');
      expect(await writer.restore(write, signal)).toBe('restored');
      expect(await writer.look(write, signal)).toBe('before');
    }
    expect([await kept(first), await kept(second)]).toEqual(before);
  });

  test('takes what has no share out by maintenance, and lets it in weight first; the catalog shows it before others go out', async () => {
    const [first = '', second = ''] = nodes();
    await register(first, definition('zero', '1.0'));
    await register(second, definition('zero', '2.0'));
    await bench.carryOut(await bench.plan('zero', { '1.0': 100, '2.0': 0 }));
    await until('the catalog to show it out', async () => (await passing('zero')).length === 1);
    expect((await entries('zero')).flatMap(({ Checks }) => Checks)).toContainEqual(
      expect.objectContaining({
        ...{ CheckID: '_service_maintenance:zero', Notes: 'Lictor: 0% of the traffic of zero, 2.0' },
      }),
    );
    expect(await bench.standing('zero')).toMatchObject({ declared: { '1.0': 100, '2.0': 0 } });
    const plan = await bench.plan('zero', { '1.0': 0, '2.0': 100 });
    expect(plan.writes.map((write) => [write.stage, write.kind, placeOf(write)])).toEqual([
      [0, 'agent-service', second],
      [1, 'agent-maintenance', second],
      [2, 'agent-maintenance', first],
    ]);
    const seen: number[] = [];
    for (const write of plan.writes) {
      expect(await bench.writerOf(write).write(write, signal)).toBe('written');
      if (write.stage === 1) seen.push((await passing('zero')).length);
    }
    expect(seen).toEqual([2]);
    await until('the catalog to show it', async () => (await bench.verify('zero', plan)) === null);
    expect(await bench.standing('zero')).toMatchObject({ declared: { '1.0': 0, '2.0': 100 } });
    for (const write of plan.writes.toReversed()) {
      expect(await bench.writerOf(write).restore(write, signal)).toBe('restored');
    }
    await until('the catalog to show what was before', async () => {
      const { declared } = await bench.standing('zero');
      return declared?.['1.0'] === 100;
    });
  });

  test('whose owner wrote since the plan is not written over, and what its owner writes later stands and is named', async () => {
    const [first = '', second = ''] = nodes();
    await register(first, definition('owner', '1.0'));
    await register(second, definition('owner', '1.0'));
    const plan = await bench.plan('owner', { '1.0': 100 });
    const [write, other] = ofKind(plan, 'agent-service');
    if (!write || !other) throw new Error('It is not planned.');
    await world.register(write.node, { ...definition('owner', '1.0'), Port: 9_999 });
    expect(await bench.writerOf(write).write(write, signal)).toBe('lost');
    expect(await bench.writerOf(write).look(write, signal)).toBe('other');
    expect(await bench.writerOf(write).restore(write, signal)).toBe('lost');
    expect(await weightsAt(write.node, 'owner')).toEqual({ Passing: 10, Warning: 5 });
    expect(await bench.writerOf(other).write(other, signal)).toBe('written');
    const again = await bench.plan('owner', { '1.0': 100 });
    await bench.carryOut(again);
    await until('the catalog to show it', async () => (await bench.verify('owner', again)) === null);
    await world.register(other.node, definition('owner', '1.0'));
    await until('the owner to be named', async () =>
      /^1 instance is not yet weighted: "owner" on /.test((await bench.standing('owner')).reason ?? ''),
    );
    expect(await bench.writerOf(other).look(other, signal)).toBe('before');
  });
});

describe('a plan is refused whole', () => {
  test('where agents were not opted in: some are named, the others counted', async () => {
    for (const node of nodes().slice(0, 5)) await register(node, definition('foreign', '1.0'));
    const partly = weightsBench(stage, world, allAgents().slice(4));
    const refused = partly.plan('foreign', { '1.0': 100 });
    await expect(refused).rejects.toMatchObject({ code: 'agent-not-opted-in' });
    await expect(refused).rejects.toThrow(
      '4 of 5 instances belong to agents that were not opted in ("dc1-client-1", "dc1-client-2", "dc1-client-3" and 1 more)',
    );
    expect(await partly.standing('foreign')).toMatchObject({ can: false, declared: { '1.0': 100 } });
  });

  test('where an address is that of another agent, whose service may have the same id', async () => {
    const [first = '', second = ''] = nodes();
    await register(first, definition('twin', '1.0'));
    const mistaken = weightsBench(stage, world, [optedIn(first, world.node(second).http)]);
    await expect(mistaken.plan('twin', { '1.0': 100 })).rejects.toThrow(
      /is that of node "dc1-client-2" in dc1: correct it/,
    );
  });

  test('where one of twenty agents cannot be reached, frozen or gone: nothing is written anywhere', async () => {
    for (const [at, node] of nodes().entries()) await register(node, definition('twenty', at < 15 ? '1.0' : '2.0'));
    expect((await bench.plan('twenty', { '1.0': 90, '2.0': 10 })).writes).toHaveLength(AGENTS);
    const lost = nodes()[7] ?? '';
    const before = await Promise.all(nodes().map((node) => weightsAt(node, 'twenty')));
    world.node(lost).freeze();
    await expect(bench.plan('twenty', { '1.0': 90, '2.0': 10 })).rejects.toMatchObject({ code: 'agent-unreachable' });
    world.node(lost).thaw();
    expect((await bench.plan('twenty', { '1.0': 90, '2.0': 10 })).writes).toHaveLength(AGENTS);
    await world.loseNode(lost);
    const refused = bench.plan('twenty', { '1.0': 90, '2.0': 10 });
    await expect(refused).rejects.toMatchObject({ code: 'agent-unreachable' });
    await expect(refused).rejects.toThrow(
      /^The agent of node "dc1-client-8" in dc1 cannot be asked, .* connection was refused/,
    );
    await world.returnNode(lost);
    expect(await Promise.all(nodes().map((node) => weightsAt(node, 'twenty')))).toEqual(before);
  });
});

const placeOf = (write: PlannedWrite) => ('node' in write ? write.node : '');

/** What an agent keeps, but for weights. */
function withoutWeights({ services, checks }: Record<string, unknown>): unknown {
  const all = Object.entries(services as Record<string, object>);
  return { checks, services: Object.fromEntries(all.map(([id, one]) => [id, { ...one, Weights: null }])) };
}
