import { afterAll, beforeAll, expect, test } from 'vitest';
import { putInstance, putNodeCheck, removeInstance } from '@/e2e/harness/catalog';
import { type LictorUnderTest, lictorFor } from '@/e2e/harness/lictor-for';
import { StreamReader } from '@/e2e/harness/stream-reader';
import type { ConsulHttp } from '@/e2e/world/consul-http';
import { startWorld } from '@/e2e/world/start-world';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import type { FleetBody, Instance, ServiceRecord } from '@/lib/fleet/model';

let world: World;
let consul: ConsulHttp;
let lictor: LictorUnderTest;
const open: StreamReader[] = [];

beforeAll(async () => {
  world = await startWorld({ datacenters: 1, clientsPerDatacenter: 0, shop: false });
  consul = world.consul('dc1');
  lictor = await lictorFor(consul.address);
  await lictor.synced();
  // From then on nothing flaps, where before nobody knew: a change of each service, which is none of these tests.
  await until('somebody to look for what flaps', async () => {
    const fleet = await lictor.get<FleetBody>('/api/v1/fleet');
    return fleet?.datacenters[0]?.services.every(({ flapping }) => flapping !== null);
  });
});

afterAll(async () => {
  for (const reader of open) reader.cut();
  await lictor?.close();
  await world?.stop();
});

async function follow(...topics: string[]): Promise<StreamReader> {
  const reader = await StreamReader.open(lictor.url, topics);
  open.push(reader);
  await reader.frame('the opening to be through', ({ event }) => event === 'heartbeat');
  return reader;
}

/** A service of one instance that Lictor already shows. */
async function shown(
  service: string,
): Promise<{ put: (more: object) => Promise<void>; key: string; instance: string }> {
  const put = (more: object) => putInstance(consul, { node: 'edge', service, ...more });
  await put({});
  await until(`${service} to be shown`, () => lictor.get(`/api/v1/services/dc1/${service}`));
  return { put, key: `dc1/${service}`, instance: `dc1/edge/${service}` };
}

test('a flip is one change that says from, to, when, at which index and by which check', async () => {
  const { put, key, instance } = await shown('flip');
  const reader = await follow(`service:${key}`, 'fleet');
  const beforeMs = Date.now();
  await put({ status: 'critical', output: 'connection refused' });
  const index = await until('the index', async () => {
    const { headers } = await consul.request('GET', '/v1/health/service/flip');
    return Number(headers.get('x-consul-index'));
  });
  await until('the fleet to say so', () => reader.changesOf('fleet').length > 0);

  expect(reader.changes.map(({ topic }) => topic)).toEqual([`service:${key}`, 'fleet']);
  const [event] = reader.changes;
  expect(event?.index).toBe(index);
  expect(Date.parse(event?.observedAt ?? '')).toBeGreaterThanOrEqual(beforeMs);
  expect(Date.parse(event?.observedAt ?? '')).toBeLessThanOrEqual(Date.now());
  const [ofInstance, ofService] = event?.changes ?? [];
  expect(ofInstance).toMatchObject({ key: instance, op: 'put', from: 'passing', merged: false });
  expect(ofInstance?.value).toMatchObject({
    status: 'critical',
    since: event?.observedAt,
    sinceAtLeast: false,
    checks: [{ id: 'flip:health', status: 'critical', output: 'connection refused', since: event?.observedAt }],
  });
  expect(ofService).toMatchObject({ key, op: 'put', from: 'passing', merged: false });
  expect(ofService?.value).toMatchObject({
    status: 'critical',
    worst: { instance: 'flip', node: 'edge', check: 'health of flip', output: 'connection refused' },
  });
  expect(reader.changesOf('fleet').map(({ change }) => change)).toEqual([ofService]);
});

test('a wake with new output only is no transition, and the fleet is silent about it', async () => {
  const { put, key, instance } = await shown('chatty');
  const reader = await follow(`service:${key}`, 'fleet');
  await put({ output: 'ok in 7 ms' });
  await until('the output', () => reader.changesOf(`service:${key}`).length > 0);
  // The next change of the fleet is the flip behind it: had the output made one, it would stand before.
  await put({ status: 'warning', output: 'slow' });
  await until('the flip', () => reader.changesOf('fleet').length > 0);

  const [output, flip] = reader.changesOf(`service:${key}`);
  expect(output?.change).toMatchObject({ key: instance, from: 'passing' });
  expect(output?.change.value).toMatchObject({ status: 'passing', checks: [{ output: 'ok in 7 ms' }] });
  const told = output?.change.value as Instance | undefined;
  expect(told?.checks[0]?.since).toBe(told?.since);
  expect(flip?.change).toMatchObject({ key: instance, from: 'passing' });
  expect(reader.changesOf('fleet').map(({ change }) => (change.value as ServiceRecord).status)).toEqual(['warning']);
});

test('a failing node takes each of its services down with it, each by a change of its own', async () => {
  const first = await shown('on-node-1');
  const second = await shown('on-node-2');
  const topics = [`service:${first.key}`, `service:${second.key}`, 'nodes'];
  const reader = await follow(...topics);
  await putNodeCheck(consul, 'edge', 'critical', 'disk full');
  await until('both services and the node to fall', () => topics.every((topic) => reader.changesOf(topic).length > 0));
  for (const { key } of [first, second]) {
    const [ofInstance] = reader.changesOf(`service:${key}`);
    expect(ofInstance?.change).toMatchObject({ from: 'passing' });
    const fallen = ofInstance?.change.value as Instance | undefined;
    expect(fallen?.checks).toContainEqual(
      expect.objectContaining({ id: 'node-health', scope: 'node', status: 'critical', output: 'disk full' }),
    );
  }
  const ofNode = reader.changesOf('nodes').find(({ change }) => change.key === 'dc1/edge');
  expect(ofNode?.change).toMatchObject({ from: 'passing', value: { status: 'critical' } });
  await putNodeCheck(consul, 'edge', 'passing');
  await until('the node to recover', async () => {
    const body = await lictor.get('/api/v1/services/dc1/on-node-2');
    return JSON.stringify(body).includes('"critical":0');
  });
});

test('an arrival has no status before it, a departure says the last one', async () => {
  const { key } = await shown('guest');
  const reader = await follow(`service:${key}`, 'fleet');
  await putInstance(consul, { node: 'edge', service: 'guest', id: 'second' });
  await until('the arrival', () => reader.changesOf(`service:${key}`).length > 1);
  expect(reader.changesOf(`service:${key}`)[0]?.change).toMatchObject({
    key: 'dc1/edge/second',
    op: 'put',
    from: null,
  });
  await removeInstance(consul, 'edge', 'second');
  await until('its departure', () => reader.changesOf(`service:${key}`).length > 3);
  expect(reader.changesOf(`service:${key}`)[2]?.change).toEqual({
    key: 'dc1/edge/second',
    op: 'remove',
    value: null,
    from: 'passing',
    merged: false,
  });
  await removeInstance(consul, 'edge', 'guest');
  await until('the service to go', () => reader.changesOf('fleet').some(({ change }) => change.op === 'remove'));
  expect(reader.changesOf('fleet').at(-1)?.change).toMatchObject({ key, op: 'remove', value: null, from: 'passing' });
});

test('weights, tags and metadata are changes that are no transitions', async () => {
  const { put, key } = await shown('tuned');
  const reader = await follow(`service:${key}`);
  await put({ weight: 7, tags: ['v2.0'], meta: { team: 'x' } });
  await until('the change', () => reader.changesOf(`service:${key}`).length > 1);
  const [ofInstance] = reader.changesOf(`service:${key}`);
  expect(ofInstance?.change).toMatchObject({
    from: 'passing',
    value: { status: 'passing', weights: { passing: 7 }, tags: ['v2.0'], version: 'v2.0', meta: { team: 'x' } },
  });
});
