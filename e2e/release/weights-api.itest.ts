import { afterAll, beforeAll, expect, test } from 'vitest';
import { Stage } from '@/e2e/harness/stage';
import { optedInAgents } from '@/e2e/world/opted-in-agents';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import type { SplitClient } from './split-client';
import { writableSplits } from './writable';

/** Lictor whose configuration opts two agents in, moved by its API. */
const stage = new Stage();
const NODES = { '1.0': 'dc1-client-1', '2.0': 'dc1-client-2' };
let world: World;
let client: SplitClient;

beforeAll(async () => {
  world = await stage.bareWorld(1, { clientsPerDatacenter: 2 });
  for (const [version, node] of Object.entries(NODES)) {
    const Checks = [{ CheckID: 'ttl', Name: 'ttl', TTL: '1h', Status: 'passing' }];
    await world.register(node, { Name: 'web', Port: 80, Meta: { version }, Checks });
  }
  await until('both to be in the catalog', async () => (await inTraffic()).length === 2);
  const lictor = await stage.lictor(world.consul('dc1').address, { LICTOR_CONFIG: await optedInAgents(world) });
  client = await writableSplits(lictor, { dc: 'dc1', name: 'web' });
});

afterAll(() => stage.clear());

interface Entry {
  Node: { Node: string };
  Service: { Weights: { Passing: number } };
}
const inTraffic = async () =>
  (await world.consul('dc1').get<Entry[]>('/v1/health/service/web?passing')).map(({ Node, Service }) => [
    Node.Node,
    Service.Weights.Passing,
  ]);

const move = async (old: number) => {
  const wish = { mechanism: 'weights', shares: { '1.0': old, '2.0': 100 - old } } as const;
  const preview = await client.preview('dc1', 'web', wish);
  return { preview, moved: await client.write('dc1', 'web', wish, preview.etag) };
};

test('shares are written at the agents, with the race stated before; what gets nothing is out, and back again', async () => {
  const { preview, moved } = await move(90);
  expect(preview.body.warnings.map(({ code }) => code)).toContain('agent-race');
  expect(preview.body.writes.map(({ target }) => target).sort()).toEqual([
    'dc1 agent dc1-client-1, service web',
    'dc1 agent dc1-client-2, service web',
  ]);
  expect(moved).toMatchObject({ status: 200, body: { mechanism: 'weights', wish: { '1.0': 90, '2.0': 10 } } });
  await until(
    'the catalog to show it',
    async () =>
      (await inTraffic()).join() ===
      [
        [NODES['1.0'], 2304],
        [NODES['2.0'], 256],
      ].join(),
  );
  expect((await move(0)).moved.status).toBe(200);
  await until('one to be out', async () => (await inTraffic()).join() === [NODES['2.0'], 256].join());
  await until('the split to be as it was wished', async () => {
    const { body } = await client.split('dc1', 'web');
    return body.declared?.['2.0'] === 100 && body.drift === null && body.unfinished === null;
  });
  expect((await move(50)).moved.status).toBe(200);
  await until('both to be in', async () => (await inTraffic()).length === 2);
});

test('with one of the agents gone the plan is refused whole, and the split says why', async () => {
  const before = await world.node(NODES['1.0']).consul.get('/v1/agent/services');
  await world.loseNode(NODES['2.0']);
  await until('the split to say why it cannot', async () => {
    const { body } = await client.split('dc1', 'web');
    const weights = body.mechanisms.find(({ mechanism }) => mechanism === 'weights');
    return weights?.can === false && /"dc1-client-2" in dc1 cannot be asked/.test(weights.reason ?? '');
  });
  const wish = { mechanism: 'weights', shares: { '1.0': 90, '2.0': 10 } } as const;
  for (const refused of [await client.preview('dc1', 'web', wish), await client.move('dc1', 'web', wish)]) {
    expect(refused.status).toBe(422);
    expect(JSON.stringify(refused.body)).toContain('agent-unreachable');
  }
  expect(await world.node(NODES['1.0']).consul.get('/v1/agent/services')).toEqual(before);
});
