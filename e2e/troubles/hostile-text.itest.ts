import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { putInstance, removeInstance } from '@/e2e/harness/catalog';
import { onStage } from '@/e2e/harness/stage';
import { untilSame } from '@/e2e/harness/until-same';
import { until } from '@/e2e/world/until';
import { serviceKey } from '@/lib/fleet/keys';
import type { FleetBody, ServiceBody } from '@/lib/fleet/model';

const NAMES = [
  'a/b',
  'slash/at/end/',
  'with space',
  '50%',
  '%2F',
  'what?dc=dc9',
  'anchor#x',
  '支付服务',
  '<img src=x onerror=alert(1)>',
  `long-${'n'.repeat(195)}`,
  '..',
  '.',
  'a//b',
  'a/../a/b',
  'at@1:1',
  'plus+and&equals=',
  '"quoted"',
  'back\\slash',
  '__proto__',
  'constructor',
  "o'brien",
  '🙂',
];

test(
  'services of any name are listed, fetched by their encoded path and streamed, and so are their changes and their end',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1);
    const consul = world.consul('dc1');
    const lictor = await stage.lictor(consul.address);
    await lictor.synced();
    const topics = ['fleet', 'nodes', ...NAMES.map((name) => `service:${serviceKey('dc1', name)}`)];
    const stream = await stage.follow(lictor, topics);

    for (const [n, Name] of NAMES.entries())
      await world.register('dc1-server-1', { Name, ID: `id-${n}`, Tags: [Name] });
    await putInstance(consul, {
      node: 'node of <b>',
      service: 'plain',
      id: 'id/with?all#of%it',
      meta: { constructor: 'x' },
    });
    const arrived = await untilSame(lictor, consul.address, { stream, topics });
    for (const name of NAMES) {
      expect(arrived.services[serviceKey('dc1', name)]).toMatchObject({
        service: { name, instances: 1, tags: [name] },
      });
    }
    expect((await lictor.get<FleetBody>('/api/v1/fleet'))?.datacenters[0]?.services).toHaveLength(NAMES.length + 2);

    for (const [n, Name] of NAMES.entries()) {
      await world.register('dc1-server-1', { Name, ID: `id-${n}`, Meta: { version: 'constructor' }, Tags: [] });
    }
    await untilSame(lictor, consul.address, { stream, topics });
    for (const n of NAMES.keys()) await world.deregister('dc1-server-1', `id-${n}`);
    await removeInstance(consul, 'node of <b>', 'id/with?all#of%it');
    const left = await untilSame(lictor, consul.address, { stream, topics });
    expect(Object.keys(left.services)).toEqual(['dc1/consul']);
  }),
);

test(
  'a check output with a script, terminal codes, NUL and 4 KB arrives as Consul has it',
  onStage(async (stage) => {
    const hostile = "<script>alert('1')</script>\u001b[31mred\u001b[0m\u0000\u2028\u202edlrow";
    // Consul keeps the last 4 KB.
    const answered = `${'z'.repeat(8_000)}${hostile}`;
    const server = createServer((_, answer) => answer.writeHead(503).end(answered));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const world = await stage.bareWorld(1);
      const consul = world.consul('dc1');
      const lictor = await stage.lictor(consul.address);
      const stream = await stage.follow(lictor, ['service:dc1/evil']);
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      await world.register('dc1-server-1', { Name: 'evil', Check: { Name: '<i>', HTTP: url, Interval: '1s' } });
      const body = await until('its output', async () => {
        const found = await lictor.get<ServiceBody>('/api/v1/services/dc1/evil');
        return found?.instances[0]?.checks.some(({ output }) => output.length > 3_000) ? found : null;
      });
      const check = body.instances[0]?.checks.find(({ scope }) => scope === 'service');
      expect(check?.output.endsWith(`zzz${hostile}`)).toBe(true);
      expect(check?.output.length).toBeLessThan(4_200);
      await untilSame(lictor, consul.address, { stream, topics: ['service:dc1/evil'] });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }),
);

test(
  'an empty datacenter is there, live, with the consul service alone',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1);
    const { address } = world.consul('dc1');
    const lictor = await stage.lictor(address);
    await lictor.synced();
    await untilSame(lictor, address);
    const fleet = await lictor.get<FleetBody>('/api/v1/fleet');
    expect(fleet?.datacenters).toMatchObject([
      { name: 'dc1', freshness: { state: 'live' }, services: [{ name: 'consul' }] },
    ]);
  }),
);
