import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { putInstance, putNodeCheck, removeInstance } from '@/e2e/harness/catalog';
import type { LictorUnderTest } from '@/e2e/harness/lictor-for';
import { recorded, words } from '@/e2e/harness/recorded';
import { onStage } from '@/e2e/harness/stage';
import type { ConsulAgent } from '@/e2e/world/agent';
import type { ConsulHttp } from '@/e2e/world/consul-http';
import { until } from '@/e2e/world/until';
import type { TransitionItem } from '@/lib/history/transition-item';

/** What is done, and the lines that it is in the record. */
type Step = readonly [act: (consul: ConsulHttp) => Promise<void>, lines: readonly string[]];

const web = (more: object) => (consul: ConsulHttp) => putInstance(consul, { node: 'edge', service: 'web', ...more });

const DAY: readonly Step[] = [
  [web({ meta: { version: '1.0' } }), ['dc1/edge registered', 'dc1/web registered passing', 'dc1/edge/web registered']],
  [
    web({ meta: { version: '1.0' }, status: 'critical' }),
    [
      'dc1/edge/web check web:health passing critical',
      'dc1/edge/web status passing critical',
      'dc1/web status passing critical',
    ],
  ],
  [
    web({ meta: { version: '1.0' } }),
    [
      'dc1/edge/web check web:health critical passing',
      'dc1/edge/web status critical passing',
      'dc1/web status critical passing',
    ],
  ],
  [
    web({ meta: { version: '2.0' }, tags: ["'; drop table transition; --"] }),
    [
      'dc1/edge/web version 1.0 2.0',
      `dc1/edge/web tags [] ["'; drop table transition; --"]`,
      'dc1/edge/web meta {"version":"1.0"} {"version":"2.0"}',
      'dc1/web deployment 1.0 2.0',
    ],
  ],
  [
    web({ meta: { version: '2.0' }, tags: ["'; drop table transition; --"], weight: 7 }),
    ['dc1/edge/web weights {"passing":1,"warning":1} {"passing":7,"warning":1}'],
  ],
  [
    (consul) => putNodeCheck(consul, 'edge', 'critical'),
    [
      'dc1/edge check node-health critical',
      'dc1/edge status passing critical',
      'dc1/edge/web status passing critical',
      'dc1/web status passing critical',
    ],
  ],
  [
    (consul) => maintenance(consul, 'on'),
    [
      'dc1/edge/web check _service_maintenance:web critical',
      'dc1/edge/web status critical maintenance',
      'dc1/web status critical maintenance',
    ],
  ],
  [
    (consul) => maintenance(consul, 'off'),
    [
      'dc1/edge/web check _service_maintenance:web critical',
      'dc1/edge/web status maintenance critical',
      'dc1/web status maintenance critical',
    ],
  ],
  [
    (consul) => removeInstance(consul, 'edge', 'web'),
    ['dc1/edge/web deregistered critical', 'dc1/web deregistered critical'],
  ],
];

test(
  'a day of registrations, flips, deployments, maintenance and loss is recorded as it was done, in its order, with its indexes',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1);
    const consul = world.consul('dc1');
    const lictor = await stage.lictor(consul.address);
    await lictor.synced();
    await until('the datacenter in the record', async () =>
      (await lines(lictor)).includes('dc1/consul registered passing'),
    );
    const done: (readonly string[])[] = [];
    for (const [act, expected] of DAY) {
      await act(consul);
      done.push([...expected].sort());
      await until(`${expected.at(-1)} in the record`, async () => {
        const own = (await lines(lictor)).slice(-expected.length);
        return own.sort().join() === [...expected].sort().join();
      }).catch(async () => expect((await lines(lictor)).slice(-expected.length)).toEqual(expected));
    }

    const items = (await recorded(lictor, 'dc=dc1')).filter(({ subject }) => /^dc1\/(edge|web)/.test(subject));
    const watched = items.map(({ unwatchedFrom }) => unwatchedFrom);
    expect(watched, 'all of it was watched').toEqual(items.map(() => null));
    const told = items.flatMap(({ index }) => index ?? []);
    expect(told, 'in the order of Consul').toEqual([...told].sort((a, b) => a - b));
    const ids = items.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(items).toHaveLength(done.flat().length);

    await consul.put('/v1/catalog/deregister', { Node: 'edge' });
    // Its checks and itself are told by two answers, of which either comes first.
    await until('the end of the node', async () => (await lines(lictor)).at(-1)?.startsWith('dc1/edge deregistered '));
  }),
  90_000,
);

test(
  'a change of the leader, and of what is configured, is recorded with what it was before; a key without its value',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1, { serversPerDatacenter: 3 });
    const servers = world.datacenters[0]?.servers ?? [];
    const before = await servers[0]?.leaderOf('dc1');
    const asked = servers.find((server) => rpcOf(server) !== before);
    if (!asked || !before) throw new Error('No server of dc1 follows.');
    const config = join(world.folder, 'lictor.json');
    await writeFile(config, JSON.stringify({ history: { kvPrefixes: ['app/'] } }));
    const lictor = await stage.lictor(asked.consul.address, { LICTOR_CONFIG: config });
    await untilTold(lictor, `dc1 leader ${before}`);

    const { consul } = asked;
    const entry = (Protocol: string) => consul.put('/v1/config', { Kind: 'service-defaults', Name: 'web', Protocol });
    await entry('tcp');
    await until('the entry', async () => (await configured(lictor)).length === 1);
    await entry('http');
    await until('its change', async () => (await configured(lictor)).length === 2);
    await consul.put('/v1/kv/app/web', { version: '1.4.1', password: 'hunter2' });
    await consul.put('/v1/kv/other', { version: '1.4.1' });
    await until('the key', async () => (await configured(lictor)).length === 3);
    await consul.delete('/v1/config/service-defaults/web');
    await until('the end of the entry', async () => (await configured(lictor)).length === 4);
    const [, changed, key, gone] = await configured(lictor);
    expect(changed).toMatchObject({ subject: 'dc1/service-defaults/web', subjectKind: 'config-entry', merged: false });
    expect([changed?.from, changed?.to].map((text) => JSON.parse(text ?? '').Protocol)).toEqual(['tcp', 'http']);
    expect(key).toMatchObject({ subject: 'dc1/app%2Fweb', subjectKind: 'kv', from: null });
    expect(JSON.parse(key?.to ?? '')).toMatchObject({ version: '1.4.1' });
    expect(key?.to).not.toContain('hunter2');
    expect(gone).toMatchObject({ subject: 'dc1/service-defaults/web', from: changed?.to, to: null });

    await servers.find((server) => rpcOf(server) === before)?.kill();
    const after = await until('another leader', async () => {
      const leader = await asked.leaderOf('dc1').catch(() => null);
      return leader && leader !== before ? leader : null;
    });
    await untilTold(lictor, `dc1 leader ${before} ${after}`);
  }),
  90_000,
);

const rpcOf = (server: ConsulAgent): string => `127.0.0.1:${server.plan.ports.rpc}`;

const untilTold = (lictor: LictorUnderTest, line: string): Promise<unknown> =>
  until(`${line} in the record`, async () => (await lines(lictor)).includes(line), { deadlineMs: 40_000 });

async function configured(lictor: LictorUnderTest): Promise<TransitionItem[]> {
  return (await recorded(lictor, 'dc=dc1')).filter(({ kind }) => kind === 'configuration');
}

async function lines(lictor: LictorUnderTest): Promise<string[]> {
  return (await recorded(lictor, 'dc=dc1')).map(words);
}

async function maintenance(consul: ConsulHttp, state: 'on' | 'off'): Promise<void> {
  const CheckID = '_service_maintenance:web';
  const check = {
    CheckID,
    Name: 'Service Maintenance Mode',
    Status: 'critical',
    Notes: 'an upgrade',
    ServiceID: 'web',
  };
  const path = state === 'on' ? 'register' : 'deregister';
  const body = state === 'on' ? { SkipNodeUpdate: true, Address: '10.1.1.1', Check: check } : { CheckID };
  await consul.put(`/v1/catalog/${path}`, { Node: 'edge', ...body });
}
