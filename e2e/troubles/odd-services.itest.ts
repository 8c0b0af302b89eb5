import { afterAll, beforeAll, expect, test } from 'vitest';
import { putInstance, removeInstance } from '@/e2e/harness/catalog';
import { FollowedStream } from '@/e2e/harness/followed-stream';
import { type LictorUnderTest, lictorFor } from '@/e2e/harness/lictor-for';
import { untilSame } from '@/e2e/harness/until-same';
import type { ConsulHttp } from '@/e2e/world/consul-http';
import { startWorld } from '@/e2e/world/start-world';
import type { World } from '@/e2e/world/world';
import type { FleetBody, ServiceBody } from '@/lib/fleet/model';

const TOPICS = ['fleet', 'nodes', 'service:dc1/web', 'service:dc1/Web', 'service:dc1/stuffed'];

let world: World;
let consul: ConsulHttp;
let lictor: LictorUnderTest;
let stream: FollowedStream;

beforeAll(async () => {
  world = await startWorld({ datacenters: 1, clientsPerDatacenter: 0, shop: false });
  consul = world.consul('dc1');
  lictor = await lictorFor(consul.address);
  await lictor.synced();
  stream = await FollowedStream.open(lictor.url, TOPICS);
});

afterAll(async () => {
  stream?.reader.cut();
  await lictor?.close();
  await world?.stop();
});

const rests = () => untilSame(lictor, consul.address, { stream, topics: TOPICS });

// Asked for the health of either, Consul answers with the instances of both.
test('two services whose names differ in case alone are two: each has its own instances, its own flips and its own end', async () => {
  await putInstance(consul, { node: 'n1', service: 'web', id: 'small' });
  await putInstance(consul, { node: 'n1', service: 'Web', id: 'large-1' });
  await putInstance(consul, { node: 'n2', service: 'Web', id: 'large-2', status: 'critical' });
  const arrived = await rests();
  expect(arrived.services).toMatchObject({
    'dc1/web': { service: { name: 'web', instances: 1, status: 'passing' } },
    'dc1/Web': { service: { name: 'Web', instances: 2, status: 'critical' } },
  });
  expect(await lictor.get('/api/v1/services/dc1/WEB')).toBeNull();

  await putInstance(consul, { node: 'n1', service: 'web', id: 'small', status: 'warning' });
  await putInstance(consul, { node: 'n2', service: 'Web', id: 'large-2' });
  await rests();
  expect(stream.reader.changesOf('service:dc1/web').map(({ change }) => change.key)).not.toContain('dc1/n2/large-2');

  for (const [node, id] of [
    ['n1', 'large-1'],
    ['n2', 'large-2'],
  ] as const) {
    await removeInstance(consul, node, id);
  }
  const left = await rests();
  expect(Object.keys(left.services)).toEqual(['dc1/consul', 'dc1/web']);
});

test('an id that comes again in another case takes the place of the one before', async () => {
  await putInstance(consul, { node: 'n3', service: 'Api', id: 'Api' });
  await rests();
  await putInstance(consul, { node: 'n3', service: 'api', id: 'api' });
  const after = await rests();
  expect(after.services['dc1/Api']).toBeUndefined();
  expect(after.services['dc1/api']).toMatchObject({ instances: [{ key: 'dc1/n3/api' }] });
});

// Consul takes 64 pairs, of 128 and 512 bytes.
test('an instance with 500 tags and as much metadata as Consul takes is shown whole, its changes too', async () => {
  const tags = Array.from({ length: 500 }, (_, n) => `tag-${n}-${'t'.repeat(20)}`);
  const meta = Object.fromEntries(
    Array.from({ length: 64 }, (_, n) => [`${'k'.repeat(120)}-${n}`, `${n}-${'v'.repeat(509)}`]),
  );
  await putInstance(consul, { node: 'n1', service: 'stuffed', tags, meta });
  const arrived = await rests();
  const [instance] = (arrived.services['dc1/stuffed'] as ServiceBody).instances;
  expect(instance?.tags).toHaveLength(500);
  expect(JSON.stringify(instance?.meta).length).toBeGreaterThan(40_000);
  await putInstance(consul, { node: 'n1', service: 'stuffed', status: 'critical', tags: tags.slice(1), meta });
  await rests();
  const fleet = await lictor.get<FleetBody>('/api/v1/fleet');
  const record = fleet?.datacenters[0]?.services.find(({ name }) => name === 'stuffed');
  expect(record).toMatchObject({ status: 'critical', instances: 1 });
});
