import { afterAll, beforeAll, expect, test } from 'vitest';
import { putInstance } from '@/e2e/harness/catalog';
import type { FollowedStream } from '@/e2e/harness/followed-stream';
import type { LictorUnderTest } from '@/e2e/harness/lictor-for';
import { recorded } from '@/e2e/harness/recorded';
import { Stage } from '@/e2e/harness/stage';
import type { ConsulHttp } from '@/e2e/world/consul-http';
import { until } from '@/e2e/world/until';
import type { SplitRecord, SplitsBody } from '@/lib/release/split-body';
import type { SplitClient } from './split-client';
import { putVersions, writableSplits } from './writable';

const OLD = '1.4.2';
const NEW = '1.5.0';
const wished = { [OLD]: 90, [NEW]: 10 };
const foreign = { [OLD]: 50, [NEW]: 50 };

const stage = new Stage();
let consul: ConsulHttp;
let lictor: LictorUnderTest;
let client: SplitClient;
/** What a page sees: nothing here is read, all of it comes by itself. */
let page: FollowedStream;

beforeAll(async () => {
  const world = await stage.bareWorld(1);
  consul = world.consul('dc1');
  for (const name of ['mesh', 'policy', 'weights', 'untouched']) await putVersions(consul, name, [OLD, OLD, OLD, NEW]);
  lictor = await stage.lictor(consul.address);
  client = await writableSplits(lictor, { dc: 'dc1', name: 'mesh' });
  page = await stage.follow(lictor, ['splits']);
});

afterAll(() => stage.clear());

const seen = (what: string, name: string, isSo: (split: SplitRecord) => boolean | undefined) =>
  until(what, () => {
    const split = (page.body('splits') as SplitsBody | null)?.splits.find((one) => one.name === name);
    if (split && !isSo(split)) throw new Error(JSON.stringify(split));
    return split;
  });

const splitter = async (name: string) =>
  (await consul.get<{ Splits: { Weight: number }[] }>(`/v1/config/service-splitter/${name}`)).Splits.map(
    ({ Weight }) => Weight,
  );

async function moveSplitter(name: string, weights: readonly number[]): Promise<void> {
  const entry = await consul.get<{ Splits: { ServiceSubset: string }[] }>(`/v1/config/service-splitter/${name}`);
  const Splits = entry.Splits.map((split, at) => ({ ...split, Weight: weights[at] }));
  await consul.put('/v1/config', { Kind: 'service-splitter', Name: name, Splits });
}

test('a splitter that somebody else moved is shown as drift with what differs, and adopted: nothing but the wish is written', async () => {
  await client.move('dc1', 'mesh', { mechanism: 'mesh', shares: wished });
  await moveSplitter('mesh', [50, 50]);
  const drifted = await seen('the drift', 'mesh', ({ drift }) => drift !== null);
  expect(drifted).toMatchObject({ wish: wished, declared: foreign });
  expect(drifted.drift).toMatchObject({ wished, declared: foreign });
  expect(drifted.drift?.differences).toEqual([
    { target: 'dc1 config service-splitter/mesh: shares', before: wished, after: foreign },
  ]);
  const entries = await consul.get<object[]>('/v1/config/');
  const stale = await client.verb('dc1', 'mesh', 'adopt', '"stale"');
  expect(stale.status).toBe(412);
  const adopted = await client.verb('dc1', 'mesh', 'adopt', drifted.etag);
  expect(adopted.body).toMatchObject({ wish: foreign, declared: foreign, drift: null });
  expect(await consul.get<object[]>('/v1/config/')).toEqual(entries);
  await seen('that it is adopted', 'mesh', ({ drift, wish }) => drift === null && wish?.[NEW] === 50);
});

test('what somebody else moved is put back as it was wished, by a plan like any other', async () => {
  await client.move('dc1', 'mesh', { mechanism: 'mesh', shares: wished });
  await moveSplitter('mesh', [0, 100]);
  const drifted = await seen('the drift', 'mesh', ({ drift }) => drift !== null);
  const preview = await client.preview('dc1', 'mesh', { putBack: true });
  expect(preview.body.writes.map(({ target }) => target)).toEqual(['dc1 config service-splitter/mesh']);
  const back = await client.verb('dc1', 'mesh', 'put-back', drifted.etag);
  expect(back.body).toMatchObject({ wish: wished, declared: wished, drift: null });
  expect(await splitter('mesh')).toEqual([90, 10]);
  await until('the record of it', async () =>
    (await recorded(lictor, 'service=mesh')).some(({ kind, to }) => kind === 'write' && to?.includes('put back')),
  );
});

test('a splitter that is gone is drift, too', async () => {
  await consul.delete('/v1/config/service-splitter/mesh');
  const drifted = await seen('the drift', 'mesh', ({ drift }) => drift !== null);
  expect(drifted.drift).toMatchObject({ wished, declared: null });
  const back = await client.verb('dc1', 'mesh', 'put-back', drifted.etag);
  expect(back.body).toMatchObject({ declared: wished, drift: null });
});

test('a policy document that somebody else wrote is drift until it is put back', async () => {
  await client.move('dc1', 'policy', { mechanism: 'policy', shares: wished });
  await consul.put('/v1/kv/lictor/traffic/policy', {
    ...{ format: 1, service: 'policy', version: 9, shares: foreign },
    routes: [{ header: 'gray-tag', value: 'v2', version: NEW }],
  });
  const drifted = await seen('the drift', 'policy', ({ drift }) => drift !== null);
  expect(drifted.drift?.differences.map(({ target }) => target)).toEqual([
    'dc1 kv lictor/traffic/policy: shares',
    'dc1 kv lictor/traffic/policy: header routes',
  ]);
  const back = await client.verb('dc1', 'policy', 'put-back', drifted.etag);
  expect(back.body).toMatchObject({ declared: wished, routes: [], drift: null });
});

test('a weight that its owner wrote is drift, an instance that falls ill is none', async () => {
  const moved = await client.move('dc1', 'weights', { mechanism: 'weights', shares: wished });
  const weightOf = async (id: string) =>
    (
      await consul.get<{ ServiceID: string; ServiceWeights: { Passing: number } }[]>('/v1/catalog/service/weights')
    ).find(({ ServiceID }) => ServiceID === id)?.ServiceWeights.Passing ?? 0;
  const weight = await weightOf('weights-1');
  const instance = { node: 'n1', service: 'weights', id: 'weights-1', meta: { version: OLD } };
  await putInstance(consul, { ...instance, weight, status: 'critical' });
  const ill = await seen('the ill one', 'weights', ({ versions }) => versions[0]?.inTraffic === 2);
  expect(ill).toMatchObject({ drift: null, wish: wished });
  await putInstance(consul, { ...instance, weight: 1 });
  const drifted = await seen('the drift', 'weights', ({ drift }) => drift !== null);
  expect(drifted.drift?.differences).toEqual([
    { target: `dc1 n1/weights-1 (${OLD}): weight`, before: weight, after: 1 },
  ]);
  const back = await client.verb('dc1', 'weights', 'put-back', (await client.split('dc1', 'weights')).etag);
  expect(back.body).toMatchObject({ declared: moved.body.declared, drift: null });
});

test('a version that registers late takes no share of a splitter, and is drift by weights', async () => {
  await putInstance(consul, { node: 'n9', service: 'weights', id: 'weights-9', meta: { version: '2.0.0' } });
  const target = 'dc1 n9/weights-9 (2.0.0): weight';
  const drifted = await seen('the late one', 'weights', ({ drift }) => drift?.differences[0]?.target === target);
  expect(drifted.drift?.differences).toEqual([{ target, before: null, after: 1 }]);
});

test('what nobody wished through Lictor has no drift, whoever moves it', async () => {
  const meta = { version: OLD };
  await putInstance(consul, { node: 'n1', service: 'untouched', id: 'untouched-1', meta, weight: 500 });
  const split = await seen('the weights', 'untouched', ({ mechanism }) => mechanism === 'weights');
  expect(split).toMatchObject({ wish: null, wished: null, drift: null });
  const adopted = await client.verb('dc1', 'untouched', 'adopt', (await client.split('dc1', 'untouched')).etag);
  expect(adopted.body).toMatchObject({ wish: adopted.body.declared, wished: { mechanism: 'weights' }, drift: null });
});
