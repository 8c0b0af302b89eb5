import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { putInstance, removeInstance } from '@/e2e/harness/catalog';
import { FollowedStream } from '@/e2e/harness/followed-stream';
import { type LictorUnderTest, lictorFor } from '@/e2e/harness/lictor-for';
import { StreamReader } from '@/e2e/harness/stream-reader';
import { untilSame } from '@/e2e/harness/until-same';
import type { ConsulHttp } from '@/e2e/world/consul-http';
import { startWorld } from '@/e2e/world/start-world';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';

let world: World;
let consul: ConsulHttp;
let lictor: LictorUnderTest;
const open: StreamReader[] = [];

beforeAll(async () => {
  world = await startWorld({ datacenters: 1, clientsPerDatacenter: 0, shop: false });
  consul = world.consul('dc1');
  for (const service of ['a', 'b']) await putInstance(consul, { node: 'edge', service });
  lictor = await lictorFor(consul.address);
  await lictor.synced();
  // That it is looked for what flaps begins a moment later, and is a change of every service.
  for (const service of ['a', 'b']) {
    await until(`${service} to be looked at`, async () => {
      const body = await lictor.get<{ service: { flapping: number | null } }>(`/api/v1/services/dc1/${service}`);
      return body?.service.flapping === 0;
    });
  }
});

afterEach(() => {
  for (const reader of open.splice(0)) reader.cut();
});

afterAll(async () => {
  await lictor?.close();
  await world?.stop();
});

async function connect(topics: string[], lastEventId?: string): Promise<StreamReader> {
  const reader = await StreamReader.open(lictor.url, topics, lastEventId === undefined ? {} : { lastEventId });
  open.push(reader);
  await reader.frame('the opening to be through', ({ event }) => event === 'heartbeat');
  return reader;
}

let turn = 0;
/** Changes the tags of `service`, and resolves when Lictor shows it, and `witness` was sent it: the next change is a frame of its own. */
async function change(service: string, witness?: StreamReader): Promise<void> {
  turn += 1;
  const run = String(turn);
  await putInstance(consul, { node: 'edge', service, tags: [`turn-${run}`] });
  await until(`turn ${run} of ${service} to be shown`, async () => {
    const body = await lictor.get<{ service: { tags: string[] } }>(`/api/v1/services/dc1/${service}`);
    return body?.service.tags.includes(`turn-${run}`);
  });
  if (!witness) return;
  await until(`the witness to be sent turn ${run}`, () =>
    witness.changesOf('fleet').some(({ change: { value } }) => JSON.stringify(value).includes(`"turn-${run}"`)),
  );
}

test('a client that comes back is sent exactly what it missed: no gap, no snapshot', async () => {
  const topics = ['fleet', 'service:dc1/a'];
  const witness = await connect(topics);
  const first = await connect(topics);
  await change('a', witness);
  await until('the first change', () => first.changes.length >= 2);
  first.cut();
  await change('a', witness);
  await change('b', witness);
  await change('a', witness);
  const second = await connect(topics, first.lastEventId);
  await change('a', witness);
  await until(
    'the last change',
    () => second.changes.length > 0 && second.changes.at(-1)?.seq === witness.changes.at(-1)?.seq,
  );
  expect(second.snapshots).toEqual([]);
  expect([...first.changes, ...second.changes]).toEqual(witness.changes);
});

test('a client that comes back can go on from a heartbeat as well as from a change', async () => {
  const first = await connect(['service:dc1/a']);
  await change('b');
  const { seq } = await lictor.system();
  await first.frame('a heartbeat behind it', ({ event, data }) => event === 'heartbeat' && data.seq >= seq);
  first.cut();
  await change('a');
  const second = await connect(['service:dc1/a'], first.lastEventId);
  expect(second.snapshots).toEqual([]);
  expect(second.changes).toHaveLength(1);
});

test.each([
  ['no position', () => 'x'],
  ['a place still to come', (epoch: string) => `${epoch}:999999999`],
  ['a place of another process', (epoch: string) => `${Number(epoch) - 1}:1`],
  ['nothing but an old small number', () => '1:999999999'],
])('a Last-Event-ID that is %s is answered with a snapshot', async (_, id) => {
  const [epoch = ''] = (await connect(['fleet'])).lastEventId.split(':');
  const reader = await connect(['fleet', 'service:dc1/a'], id(epoch));
  expect(reader.snapshots.map(({ topic }) => topic)).toEqual(['fleet', 'service:dc1/a']);
});

test('an empty Last-Event-ID is none: a snapshot', async () => {
  const reader = await connect(['fleet'], '');
  expect(reader.snapshots).toHaveLength(1);
});

test('a topic that is new to a client comes as a snapshot, and the one that it holds goes on', async () => {
  const first = await connect(['fleet']);
  const at = first.lastEventId;
  first.cut();
  await change('a');
  const second = await connect([`fleet@${at}`, 'service:dc1/a']);
  expect(second.snapshots.map(({ topic }) => topic)).toEqual(['service:dc1/a']);
  expect(second.changes.map(({ topic }) => topic)).toEqual(['fleet']);
});

test('Last-Event-ID wins over the position behind a topic', async () => {
  const first = await connect(['fleet']);
  const old = first.lastEventId;
  await change('a');
  await until('the change', () => first.changes.length > 0);
  const second = await connect([`fleet@${old}`], first.lastEventId);
  expect(second.snapshots).toEqual([]);
  expect(second.changes).toEqual([]);
});

test('a cut while a snapshot is still to come never leaves a client with a place it has not reached', async () => {
  const reader = await connect(['fleet', 'nodes', 'service:dc1/a']);
  const snapshots = reader.frames.filter(({ event }) => event === 'snapshot');
  expect(snapshots.map(({ id }) => id !== null)).toEqual([false, false, true]);
});

test.each(['alerts-of-yesterday', '', 'service:dc1', 'service:dc1/%E0%A4%A', 'service:'])(
  'the unknown topic "%s" is a problem document with 400',
  async (topic) => {
    const answer = await fetch(`${lictor.url}/api/v1/stream?topic=${encodeURIComponent(topic)}`);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({ type: 'urn:lictor:problem:unknown-topic', status: 400 });
  },
);

test('a stream without any topic is a problem document with 400', async () => {
  const answer = await fetch(`${lictor.url}/api/v1/stream`);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ type: 'urn:lictor:problem:invalid-request' });
});

test('the topic of a service that is not there says so, stays open, and brings it when it registers', async () => {
  const stream = await FollowedStream.open(lictor.url, ['service:dc1/late']);
  open.push(stream.reader);
  const absent = await stream.reader.frame('the first word', ({ event }) => event === 'change');
  expect(absent.data).toMatchObject({ changes: [{ key: 'dc1/late', op: 'remove', value: null, from: null }] });
  await putInstance(consul, { node: 'edge', service: 'late', id: 'late-1' });
  await putInstance(consul, { node: 'edge', service: 'late', id: 'late-2' });
  const arrived = await untilSame(lictor, consul.address, { stream, topics: ['service:dc1/late'] });
  expect(arrived.services['dc1/late']).toMatchObject({ service: { instances: 2 } });
  await removeInstance(consul, 'edge', 'late-1');
  await removeInstance(consul, 'edge', 'late-2');
  await untilSame(lictor, consul.address, { stream, topics: ['service:dc1/late'] });
  expect(stream.body('service:dc1/late')).toBeNull();
});

test('heartbeats come at least every two seconds and tell each datacenter', async () => {
  const reader = await connect(['fleet']);
  const heartbeats = () => reader.frames.filter(({ event }) => event === 'heartbeat');
  await until('four heartbeats', () => heartbeats().length >= 4);
  const gaps = heartbeats().map(({ atMs }, at, all) => atMs - (all[at - 1]?.atMs ?? atMs));
  // The middle one: a machine that is busy for a moment makes one of them long, not most.
  expect(gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)]).toBeLessThanOrEqual(2_000);
  expect(heartbeats().at(-1)?.data).toMatchObject({
    freshness: [{ dc: 'dc1', state: 'live', lastContactMs: expect.any(Number) }],
    consul: { reachable: true, reason: null },
  });
});

test('every stream gets a bye before Lictor closes', async () => {
  const other = await lictorFor(consul.address);
  await other.synced();
  const readers = await Promise.all(
    ['fleet', 'nodes', 'service:dc1/a'].map((topic) => StreamReader.open(other.url, [topic])),
  );
  await Promise.all(readers.map((reader) => reader.frame('its opening', ({ event }) => event === 'heartbeat')));
  await other.close();
  await until('all streams to end', () => readers.every(({ ended }) => ended));
  for (const reader of readers) {
    expect(reader.frames.at(-1)).toMatchObject({
      event: 'bye',
      data: { reason: expect.any(String), retryMs: expect.any(Number) },
    });
  }
});
