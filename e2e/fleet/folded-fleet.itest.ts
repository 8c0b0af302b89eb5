import { afterAll, beforeAll, expect, test } from 'vitest';
import { FollowedStream } from '@/e2e/harness/followed-stream';
import { type LictorUnderTest, lictorFor } from '@/e2e/harness/lictor-for';
import { untilSame } from '@/e2e/harness/until-same';
import { startWorld } from '@/e2e/world/start-world';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import { Storm } from './storm';

const TOPICS = [
  'fleet',
  'nodes',
  'service:dc1/front',
  'service:dc1/cache',
  'service:dc1/mail',
  'service:dc2/fraud-check',
  'service:dc2/cart',
  'service:dc1/newcomer',
];

let world: World;
let storm: Storm;
let lictor: LictorUnderTest;
let stream: FollowedStream;
let consul: string;

beforeAll(async () => {
  world = await startWorld({ datacenters: 2 });
  storm = new Storm(world);
  consul = world.consul('dc1').address;
  lictor = await lictorFor(consul);
  await lictor.synced();
  stream = await FollowedStream.open(lictor.url, TOPICS);
});

afterAll(async () => {
  stream?.reader.cut();
  await lictor?.close();
  await world?.stop();
});

/** Folded from nothing but the stream since the first test, answered by GET, and read off Consul: all three are one. */
const rests = () => untilSame(lictor, consul, { stream, topics: TOPICS });

test('what is folded equals Consul before anything happens', async () => {
  await rests();
});

test('after registering, changing tags, metadata and weights, and deregistering', async () => {
  const host = storm.one('front', 'dc1');
  await storm.register(host, 'newcomer', { Tags: ['v1.0.0'], Meta: { team: 'x' } });
  const first = await rests();
  expect(first.services['dc1/newcomer']).toMatchObject({ service: { versions: { 'v1.0.0': 1 }, tags: ['v1.0.0'] } });
  await storm.register(host, 'newcomer', { Tags: ['v1.1.0', 'b'], Meta: { team: 'x' } });
  await storm.register(host, 'newcomer', { Tags: ['v1.1.0', 'b'], Meta: { team: 'y', version: '9' } });
  const weights = { Passing: 7, Warning: 3 };
  await storm.register(host, 'newcomer', {
    Tags: ['v1.1.0', 'b'],
    Meta: { team: 'y', version: '9' },
    Weights: weights,
  });
  const changed = await rests();
  expect(changed.services['dc1/newcomer']).toMatchObject({
    instances: [{ version: '9', tags: ['v1.1.0', 'b'], weights: { passing: 7, warning: 3 } }],
  });
  await world.deregister(host.node, 'newcomer');
  const gone = await rests();
  expect(gone.services['dc1/newcomer']).toBeUndefined();
});

test('after flips, a crash and a deployment', async () => {
  const flapping = storm.one('front', 'dc1');
  const crashing = storm.one('cache', 'dc1');
  await Promise.all([
    (async () => {
      for (const status of ['critical', 'warning', 'passing', 'warning'] as const) await storm.flip(flapping, status);
    })(),
    storm.kill(crashing),
    world.deploy('mail', '1.6.0'),
    storm.flip(storm.one('fraud-check', 'dc2'), 'critical', '<b>down</b>\n\nsecond line'),
  ]);
  const bodies = await rests();
  expect(bodies.services['dc1/mail']).toMatchObject({ service: { versions: { '1.6.0': 2 } } });
  expect(bodies.services['dc1/front']).toMatchObject({ service: { status: 'warning' } });
  expect(bodies.services['dc1/cache']).toMatchObject({ service: { status: 'critical' } });
  await world.revive(crashing);
  await world.flip(flapping, 'passing');
  await world.flip(storm.one('fraud-check', 'dc2'), 'passing');
  await world.allPassing();
  await rests();
});

test('during and after maintenance of an instance and of a node', async () => {
  const instance = storm.one('cart', 'dc2');
  const [node] = world.datacenters[0]?.clients ?? [];
  if (node === undefined) throw new Error('dc1 has no client.');
  await world.setMaintenance(instance, 'disk swap <script>alert(1)</script>');
  await world.setNodeMaintenance(node.name, 'kernel update');
  const during = await rests();
  expect(during.services['dc2/cart']).toMatchObject({
    service: { status: 'maintenance', worst: { output: 'disk swap <script>alert(1)</script>' } },
  });
  expect(during.nodeBodies[`dc1/${node.name}`]).toMatchObject({ node: { status: 'maintenance' } });
  await world.setMaintenance(instance, null);
  await world.setNodeMaintenance(node.name, null);
  await rests();
});

test('after a node was lost and came back, while another server was frozen and thawed', async () => {
  world.freeze('dc2');
  await storm.loseAndReturn('dc1', 'dc1-client-2');
  world.thaw('dc2');
  await world.allPassing();
  await rests();
});

test('after a server lost its state, and its index went back', async () => {
  await world.wipeServer('dc2');
  await world.allPassing();
  await rests();
});

test('after the asked server itself lost its state', async () => {
  await world.wipeServer('dc1');
  await world.allPassing();
  await rests();
});

test('with fewer connections than signals these take turns, and what is read is right all the same', async () => {
  const few = await lictorFor(consul, { LICTOR_CONSUL_MAX_CONNECTIONS: '16' });
  try {
    await few.synced();
    await until('what is configured to give way', async () =>
      (await few.system()).datacenters.every(({ explanation }) =>
        explanation.includes('configured is read every 10 s'),
      ),
    );
    // Half of 16 may wait, one of them for the leader's key, and two datacenters have ten signals: two rounds of 2 s.
    const { datacenters } = await few.system();
    expect(datacenters).toMatchObject(Array(2).fill({ mode: 'signals', exactServices: 0, statusDelayMs: 2_250 }));
    const instance = storm.one('fraud-check', 'dc2');
    await storm.flip(instance, 'critical');
    await untilSame(few, consul);
    await storm.flip(instance, 'passing');
    await untilSame(few, consul);
  } finally {
    await few.close();
  }
});

test('the events of the whole storm came in one order, each once, none with a place beyond its own', () => {
  const { frames } = stream.reader;
  const opened = frames.findIndex(({ event }) => event === 'heartbeat');
  const [epoch] = stream.reader.lastEventId.split(':');
  const later = frames.slice(opened).filter((frame) => frame.event === 'change');
  const seqs = later.map(({ data }) => data.seq);
  expect(seqs.length).toBeGreaterThan(100);
  expect(seqs.filter((seq, at) => seq <= (seqs[at - 1] ?? 0))).toEqual([]);
  const places = later.map(({ id }) => id?.split(':').map(Number) ?? []);
  expect(places.filter(([of, place = Number.NaN], at) => of !== Number(epoch) || !(place <= (seqs[at] ?? 0)))).toEqual(
    [],
  );
  // Merged frames apart, an event's place is its own.
  expect(places.filter(([, place], at) => place === seqs[at]).length).toBeGreaterThan(seqs.length / 2);
});
