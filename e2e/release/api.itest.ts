import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LictorUnderTest } from '@/e2e/harness/lictor-for';
import { recorded } from '@/e2e/harness/recorded';
import { Stage } from '@/e2e/harness/stage';
import type { ConsulHttp } from '@/e2e/world/consul-http';
import { until } from '@/e2e/world/until';
import type { Mechanism } from '@/lib/release/mechanism';
import type { SplitBody, SplitsBody } from '@/lib/release/split-body';
import type { SplitClient } from './split-client';
import { putVersions, writableSplits } from './writable';

const OLD = '1.4.2';
const NEW = '1.5.0';
const shares = { [OLD]: 90, [NEW]: 10 };
const HOSTILE = 'a/b ? "x" <b>服务</b> %2F ..';

const stage = new Stage();
let consul: ConsulHttp;
let lictor: LictorUnderTest;
let client: SplitClient;

beforeAll(async () => {
  const world = await stage.bareWorld(1);
  consul = world.consul('dc1');
  for (const name of ['by-mesh', 'by-policy', 'by-weights', 'stale', 'rules', 'outside', HOSTILE, '..']) {
    await putVersions(consul, name, [OLD, OLD, OLD, NEW]);
  }
  await putVersions(consul, 'three', ['1', '2', '3']);
  await putVersions(consul, 'plain', [null, null]);
  lictor = await stage.lictor(consul.address);
  client = await writableSplits(lictor, { dc: 'dc1', name: 'by-mesh' });
});

afterAll(() => stage.clear());

const entries = () => consul.get<{ Kind: string; Name: string }[]>('/v1/config/');
const keysOf = () => consul.get<string[]>('/v1/kv/?keys').catch((): string[] => []);

/** Everything that a plan could have touched. */
async function everything(): Promise<unknown> {
  const keys = (await keysOf()).filter((key) => key.startsWith('lictor/traffic/') || key.startsWith('lictor/release/'));
  const catalog = await consul.get<object[]>(`/v1/catalog/service/stale`);
  return { keys, entries: await entries(), catalog };
}

describe.each<[Mechanism, string]>([
  ['mesh', 'by-mesh'],
  ['policy', 'by-policy'],
  ['weights', 'by-weights'],
])('by %s', (mechanism, name) => {
  test('what is previewed is what is written, what is written is shown, and an undo puts the shares back', async () => {
    const stream = await stage.follow(lictor, ['splits']);
    const before = await client.split('dc1', name);
    const present = before.body.mechanisms.find((one) => one.mechanism === mechanism)?.declared ?? null;
    const preview = await client.preview('dc1', name, { mechanism, shares });
    expect(preview.status).toBe(200);
    expect(preview.etag).toBe(before.etag);
    expect(preview.body.declares).toEqual(shares);
    expect(preview.body.writes.length).toBeGreaterThan(0);

    const moved = await client.write('dc1', name, { mechanism, shares }, preview.etag);
    expect(moved.body).toMatchObject({ mechanism, wish: shares, declared: shares, drift: null, unfinished: null });
    expect(moved.body.wished).toMatchObject({ by: 'anonymous', mechanism });
    expect(moved.etag).not.toBe(before.etag);
    expect(moved.etag).toBe(moved.body.etag);
    const again = await client.preview('dc1', name, { mechanism, shares });
    expect(again.body.writes).toEqual([]);
    await until('the topic to say so', () => {
      const body = stream.body('splits') as SplitsBody | null;
      return body?.splits.some((split) => split.name === name && split.declared?.[NEW] === 10);
    });

    const undone = await client.verb('dc1', name, 'undo', moved.etag);
    expect(undone.status).toBe(200);
    const back = present ?? { [OLD]: 75, [NEW]: 25 };
    expect(undone.body.declared).toEqual(back);
    const redone = await client.verb('dc1', name, 'undo', undone.etag);
    expect(redone.body.declared).toEqual(shares);
    await until('the record of it', async () => {
      const writes = (await recorded(lictor, `service=${name}`)).filter(({ kind }) => kind === 'write');
      return writes.length === 3 && writes[0]?.to?.includes(`${NEW} 10 %`);
    });
    expect((await keysOf()).filter((key) => key.includes('/intents/') || key.includes('/plans/'))).toEqual([]);
  });
});

test('what was written stands in Consul as the mechanism means it', async () => {
  const splitter = (await entries()).find(({ Kind, Name }) => Kind === 'service-splitter' && Name === 'by-mesh');
  expect(splitter).toMatchObject({ Splits: [{ Weight: 90 }, { Weight: 10 }] });
  const document = await consul.get<object>('/v1/kv/lictor/traffic/by-policy?raw');
  expect(document).toMatchObject({ shares });
  const instances = await consul.get<{ ServiceWeights: { Passing: number }; ServiceMeta: Record<string, string> }[]>(
    '/v1/catalog/service/by-weights',
  );
  const sum = (version: string) =>
    instances
      .filter(({ ServiceMeta }) => ServiceMeta.version === version)
      .reduce((all, { ServiceWeights }) => all + ServiceWeights.Passing, 0);
  expect((100 * sum(NEW)) / (sum(OLD) + sum(NEW))).toBeCloseTo(10, 1);
});

test('a split that changed between preview and apply is refused with what stands now, and nothing is written', async () => {
  const preview = await client.preview('dc1', 'stale', { mechanism: 'policy', shares });
  await consul.put('/v1/kv/lictor/traffic/stale', {
    ...{ format: 1, service: 'stale', version: 7, shares: { [OLD]: 60, [NEW]: 40 }, routes: [] },
  });
  const before = await everything();
  const lost = await client.write('dc1', 'stale', { mechanism: 'policy', shares }, preview.etag);
  expect(lost.status).toBe(412);
  expect(lost.body.type).toBe('urn:lictor:problem:precondition-failed');
  expect(lost.body.present).toMatchObject({ key: 'dc1/stale', declared: { [OLD]: 60, [NEW]: 40 }, wish: null });
  expect(await everything()).toEqual(before);
  const known = (lost.body.present as SplitBody).etag;
  const moved = await client.write('dc1', 'stale', { mechanism: 'policy', shares }, known);
  expect(moved.body.declared).toEqual(shares);
});

test('a change without If-Match, from a foreign page or in another form than JSON is refused, and nothing is written', async () => {
  const before = await everything();
  const wish = { mechanism: 'policy', shares } as const;
  const { etag } = await client.split('dc1', 'rules');
  const refusals = [
    await client.write('dc1', 'rules', wish, null),
    await client.verb('dc1', 'rules', 'undo', null),
    await client.write('dc1', 'rules', wish, etag, { origin: 'https://evil.example' }),
    await client.write('dc1', 'rules', wish, etag, { origin: 'null' }),
    await client.write('dc1', 'rules', wish, etag, { 'sec-fetch-site': 'cross-site' }),
    await client.write('dc1', 'rules', wish, etag, { 'content-type': 'text/plain' }),
    await client.write('dc1', 'rules', wish, '*'),
    await client.write('dc1', 'rules', wish, `W/${etag}`),
  ];
  expect(refusals.map(({ status }) => status)).toEqual([428, 428, 403, 403, 403, 415, 412, 412]);
  expect(await everything()).toEqual(before);
  const own = await client.write('dc1', 'rules', wish, etag, { origin: lictor.url, 'sec-fetch-site': 'same-origin' });
  expect(own.status).toBe(200);
});

test('a wish that cannot be carried out is refused with the reason, and nothing is written', async () => {
  const before = await everything();
  const refuse = async (wish: object, name = 'three') => {
    const { etag } = await client.split('dc1', name);
    const { status, body } = await client.send<{ code?: string; type: string; detail: string }>(
      'POST',
      `/api/v1/splits/dc1/${encodeURIComponent(name)}`,
      wish,
      { 'if-match': etag ?? '' },
    );
    expect(body.detail).toMatch(/\.$/);
    return `${status} ${body.code ?? body.type}`;
  };
  const mechanism = 'policy';
  expect(await refuse({ mechanism, shares: { 1: 50, 2: 49 } })).toBe('422 invalid-shares');
  expect(await refuse({ mechanism, shares: { 1: 50, 2: 40, 4: 10 } })).toBe('422 invalid-shares');
  expect(await refuse({ mechanism, shares: { 1: 110, 2: -10 } })).toBe('400 urn:lictor:problem:invalid-request');
  expect(await refuse({ mechanism, share: { 1: 100 } })).toBe('400 urn:lictor:problem:invalid-request');
  expect(await refuse({ mechanism: 'magic', shares: { 1: 100 } })).toBe('400 urn:lictor:problem:invalid-request');
  expect(await refuse({ mechanism: 'weights', failover: ['dc2'] })).toBe('422 not-by-weights');
  expect(await refuse({ mechanism, shares: { [OLD]: 100 } }, 'plain')).toBe('422 invalid-shares');
  expect((await client.verb('dc1', 'three', 'undo', (await client.split('dc1', 'three')).etag)).body.code).toBe(
    'never-written',
  );
  expect((await client.split('dc1', 'nobody')).status).toBe(404);
  expect(await everything()).toEqual(before);
});

test('of three versions one that prepares gets nothing until it is active, and one on its way out gets no more', async () => {
  const move = (wish: object) => client.move('dc1', 'three', { mechanism: 'policy', ...wish });
  const first = await move({ shares: { 1: 30, 2: 70, 3: 0 }, stages: { 1: 'decommissioning', 3: 'preparing' } });
  expect(first.body.versions.map(({ stage }) => stage)).toEqual(['decommissioning', 'active', 'preparing']);
  expect((await move({ shares: { 1: 30, 2: 60, 3: 10 } })).body.code).toBe('stage-closed');
  expect((await move({ shares: { 1: 40, 2: 60, 3: 0 } })).body.code).toBe('stage-closed');
  const less = await move({ shares: { 1: 20, 2: 80, 3: 0 } });
  expect(less.body.declared).toEqual({ 1: 20, 2: 80, 3: 0 });
  const ready = await move({ shares: { 1: 20, 2: 70, 3: 10 }, stages: { 3: 'active' } });
  expect(ready.body.declared).toEqual({ 1: 20, 2: 70, 3: 10 });
  const undone = await client.verb('dc1', 'three', 'undo', ready.etag);
  expect(undone.body.versions.map(({ stage }) => stage)).toEqual(['decommissioning', 'active', 'preparing']);
});

test.each([HOSTILE, '..'])('a service called %s is moved as any other', async (name) => {
  const moved = await client.move('dc1', name, { mechanism: 'policy', shares });
  expect(moved.body).toMatchObject({ dc: 'dc1', name, declared: shares, wish: shares });
  const undone = await client.verb('dc1', name, 'undo', moved.etag);
  expect(undone.body.declared).toEqual({ [OLD]: 75, [NEW]: 25 });
  expect((await client.splits()).body.splits.map((split) => split.name)).toContain(name);
});

test('a service without versions is in no list and can be read; what is divided is counted in the metrics', async () => {
  const { status, body } = await client.split('dc1', 'plain');
  expect([status, body.versions]).toMatchObject([200, [{ version: 'unversioned', instances: 2 }]]);
  expect((await client.splits()).body.splits.map(({ name }) => name)).not.toContain('plain');
  const metrics = await (await fetch(`${lictor.url}/metrics`)).text();
  expect(metrics).toMatch(/lictor_plans_total\{mechanism="mesh",outcome="written"\} 3/);
  expect(metrics).toMatch(/lictor_plan_apply_seconds_count\{mechanism="weights"\} 3/);
});
