import { expect, test } from 'vitest';
import { putInstance } from '@/e2e/harness/catalog';
import type { LictorUnderTest } from '@/e2e/harness/lictor-for';
import type { Spoiling } from '@/e2e/harness/spoiling-proxy';
import { onStage, type Stage } from '@/e2e/harness/stage';
import { untilSame } from '@/e2e/harness/until-same';
import { until } from '@/e2e/world/until';
import type { FleetBody, ServiceBody } from '@/lib/fleet/model';

/** Two services in two datacenters, all read through a proxy that spoils nothing yet. */
async function proxied(stage: Stage) {
  const world = await stage.bareWorld(2);
  const consul = world.consul('dc1');
  for (const service of ['bad', 'good']) {
    for (const id of [`${service}-1`, `${service}-2`]) await putInstance(consul, { node: 'edge', service, id });
  }
  await putInstance(world.consul('dc2'), { node: 'edge', service: 'far' });
  const proxy = await stage.proxy(consul.address);
  const lictor = await stage.lictor(proxy.address);
  await lictor.synced();
  await untilSame(lictor, consul.address);
  return { world, consul, proxy, lictor };
}

function untilFallen(lictor: LictorUnderTest, path: string): Promise<unknown> {
  return until(`${path} to fall`, async () => {
    const body = await lictor.get<ServiceBody>(`/api/v1/services/${path}`);
    return body?.service.status === 'critical';
  });
}

test.each<[string, Spoiling, string]>([
  ['an HTML page where JSON was expected', 'html', 'not-json'],
  ['a body cut short', 'cut-short', 'truncated'],
  ['JSON of another shape', () => '{"Errors":["no"]}', 'not-json'],
])('%s: the others stay right, the system page tells, and all is right again when it stops', (_, how, kind) =>
  onStage(async (stage) => {
    const { world, consul, proxy, lictor } = await proxied(stage);
    const topics = ['fleet', 'nodes', 'service:dc1/bad', 'service:dc1/good'];
    const stream = await stage.follow(lictor, topics);
    proxy.spoil(/^\/v1\/health\/service\/bad/, how);
    for (const service of ['bad', 'good']) {
      await putInstance(consul, { node: 'edge', service, id: `${service}-1`, status: 'critical' });
    }
    await putInstance(world.consul('dc2'), { node: 'edge', service: 'far', status: 'critical' });
    await Promise.all([untilFallen(lictor, 'dc1/good'), untilFallen(lictor, 'dc2/far')]);
    await until('the system page to tell', async () => {
      const { connections, datacenters } = await lictor.system();
      return (
        (connections.errors[kind] ?? 0) > 0 && datacenters.find(({ name }) => name === 'dc1')?.watchesNotLive === 1
      );
    });
    expect(await lictor.get('/api/v1/services/dc1/bad')).toMatchObject({
      service: { status: 'passing', instances: 2 },
    });
    proxy.heal();
    await untilSame(lictor, consul.address, { stream, topics });
    await until('every watch to be live again', async () => {
      const { datacenters } = await lictor.system();
      return datacenters.every(({ watchesNotLive }) => watchesNotLive === 0);
    });
  })(),
);

test.concurrent(
  'an HTML page in place of every answer: the fleet says that this is no Consul, keeps what it has, and recovers',
  onStage(async (stage) => {
    const { consul, proxy, lictor } = await proxied(stage);
    proxy.spoil(/./, 'html');
    const fleet = await until('the fleet to say so', async () => {
      const body = await lictor.get<FleetBody>('/api/v1/fleet');
      return body?.consul.reachable === false ? body : null;
    });
    expect(fleet.consul.reason).toContain('JSON');
    expect(fleet.datacenters.map(({ services }) => services.length)).toEqual([3, 2]);
    await until('both datacenters to be stale', async () => {
      const body = await lictor.get<FleetBody>('/api/v1/fleet');
      return body?.datacenters.every(({ freshness }) => freshness.state === 'stale');
    });
    await putInstance(consul, { node: 'edge', service: 'good', id: 'good-1', status: 'critical' });
    proxy.heal();
    await untilSame(lictor, consul.address);
    await until('the fleet to be live', async () => {
      const body = await lictor.get<FleetBody>('/api/v1/fleet');
      return body?.consul.reachable && body.datacenters.every(({ freshness }) => freshness.state === 'live');
    });
  }),
);

test.concurrent(
  'a 429 in place of every answer for a while: the fleet says that Consul limits its clients, Lictor asks little, keeps what it has, and recovers',
  onStage(async (stage) => {
    const { consul, proxy, lictor } = await proxied(stage);
    proxy.spoil(/./, 'limited');
    const limitedAtMs = performance.now();
    const fleet = await until(
      'the fleet to say so',
      async () => {
        const body = await lictor.get<FleetBody>('/api/v1/fleet');
        return body?.datacenters.every(({ freshness }) => freshness.state === 'stale') ? body : null;
      },
      { deadlineMs: 40_000 },
    );
    expect(fleet.consul).toMatchObject({ reachable: false, reason: expect.stringContaining('429') });
    for (const { freshness, services } of fleet.datacenters) {
      expect(freshness.reason).toMatch(/429.*Consul limits its clients/);
      expect(services.length).toBeGreaterThan(1);
    }
    const { lowered, budget, fullBudget } = (await lictor.system()).connections;
    expect(lowered).toContain('429');
    expect(budget).toBeLessThan(fullBudget);
    // A loop without a pause asks hundreds of times a second.
    expect(proxy.spoiled).toBeLessThan(100 + ((performance.now() - limitedAtMs) / 1_000) * 20);
    await putInstance(consul, { node: 'edge', service: 'good', id: 'good-1', status: 'critical' });
    proxy.heal();
    await untilSame(lictor, consul.address);
    await until(
      'the fleet to be live',
      async () => {
        const body = await lictor.get<FleetBody>('/api/v1/fleet');
        return body?.consul.reachable && body.datacenters.every(({ freshness }) => freshness.state === 'live');
      },
      { deadlineMs: 40_000 },
    );
  }),
);

test(
  'one record of a wrong type: that instance is kept as unknown, the problem is told, the others are right',
  onStage(async (stage) => {
    const { consul, proxy, lictor } = await proxied(stage);
    proxy.spoil(/^\/v1\/health\/service\/bad/, (body) => {
      const entries = JSON.parse(body) as { Service: { ID: string; Port: unknown } }[];
      for (const { Service } of entries) if (Service.ID === 'bad-1') Service.Port = 'eighty';
      return JSON.stringify(entries);
    });
    await putInstance(consul, { node: 'edge', service: 'bad', id: 'bad-2', status: 'critical' });
    await untilFallen(lictor, 'dc1/bad');
    const body = await lictor.get<ServiceBody>('/api/v1/services/dc1/bad');
    expect(body?.instances.map(({ id, status }) => [id, status])).toEqual([
      ['bad-1', 'unknown'],
      ['bad-2', 'critical'],
    ]);
    expect(body?.service).toMatchObject({ instances: 2, passing: 0, critical: 1 });
    const problems = async () => (await lictor.system()).datacenters.find(({ name }) => name === 'dc1')?.problems;
    expect(await problems()).toEqual([expect.stringMatching(/\/v1\/health\/service\/bad.*Service\.Port/)]);
    expect(JSON.stringify(await problems())).not.toContain('eighty');

    proxy.heal();
    await putInstance(consul, { node: 'edge', service: 'bad', id: 'bad-2' });
    await untilSame(lictor, consul.address);
    expect(await problems()).toEqual([]);
  }),
);

test(
  'a bad record in the first answer of all: the service is there with the instances that can be read',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1);
    const consul = world.consul('dc1');
    for (const id of ['one', 'two']) await putInstance(consul, { node: 'edge', service: 'half', id });
    await putInstance(consul, { node: 'edge', service: 'none' });
    const proxy = await stage.proxy(consul.address);
    proxy.spoil(/^\/v1\/health\/service\/(half|none)/, (body) => {
      const [first, ...rest] = JSON.parse(body) as { Node: { Address: unknown } }[];
      return JSON.stringify([{ ...first, Node: { ...first?.Node, Address: null } }, ...rest]);
    });
    const lictor = await stage.lictor(proxy.address);
    await lictor.synced();
    const half = await lictor.get<ServiceBody>('/api/v1/services/dc1/half');
    expect(half?.instances.map(({ id }) => id)).toEqual(['two']);
    // Of this one nothing can be read: it is shown as what it is, and not left out.
    expect(await lictor.get('/api/v1/services/dc1/none')).toMatchObject({ service: { status: 'unknown' } });
    const [dc1] = (await lictor.system()).datacenters;
    expect(dc1?.problems).toHaveLength(2);
  }),
);
