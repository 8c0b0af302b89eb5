import { expect, test } from 'vitest';
import { putInstance, putNodeCheck, removeInstance } from '@/e2e/harness/catalog';
import type { LictorUnderTest } from '@/e2e/harness/lictor-for';
import { recorded, words } from '@/e2e/harness/recorded';
import { onStage } from '@/e2e/harness/stage';
import type { ConsulHttp } from '@/e2e/world/consul-http';
import { until } from '@/e2e/world/until';

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
  [(consul) => consul.put('/v1/catalog/deregister', { Node: 'edge' }), ['dc1/edge deregistered critical']],
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
    const indexes: number[] = [];
    for (const [act, expected] of DAY) {
      await act(consul);
      done.push([...expected].sort());
      await until(`${expected.at(-1)} in the record`, async () => {
        const own = (await lines(lictor)).slice(-expected.length);
        return own.sort().join() === [...expected].sort().join();
      }).catch(async () => expect((await lines(lictor)).slice(-expected.length)).toEqual(expected));
      const { headers } = await consul.request('GET', '/v1/catalog/nodes');
      indexes.push(Number(headers.get('x-consul-index')));
    }

    const items = (await recorded(lictor, 'dc=dc1')).filter(({ subject }) => /^dc1\/(edge|web)/.test(subject));
    const watched = items.map(({ unwatchedFrom }) => unwatchedFrom);
    expect(watched, 'all of it was watched').toEqual(items.map(() => null));
    const told = items.flatMap(({ index }) => index ?? []);
    expect(told, 'in the order of Consul').toEqual([...told].sort((a, b) => a - b));
    const ids = items.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(items).toHaveLength(done.flat().length);
  }),
  90_000,
);

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
