import { afterAll, beforeAll, expect, test } from 'vitest';
import { putInstance } from '@/e2e/harness/catalog';
import { Stage } from '@/e2e/harness/stage';
import type { ConsulHttp } from '@/e2e/world/consul-http';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import { shareOf } from '@/lib/release/shares/normalize-shares';
import { type Plan, PlanRefused } from '@/server/release/actuator';
import { ConfigEntryWriter } from '@/server/release/writers/config-entry-writer';
import { compiledShares } from './compiled-shares';
import { type MeshBench, meshBench, never } from './mesh-bench';

const stage = new Stage();
let world: World;
let dc1: ConsulHttp;
let bench: MeshBench;

beforeAll(async () => {
  world = await stage.bareWorld(3);
  dc1 = world.consul('dc1');
  bench = meshBench(stage, world);
});

afterAll(() => stage.clear());

interface Running {
  readonly status?: 'passing' | 'critical';
  readonly meta?: Record<string, string>;
  readonly tags?: string[];
}

async function run(dc: string, service: string, version: string, { status, meta, tags }: Running = {}): Promise<void> {
  const id = `${service}-${Math.random().toString(36).slice(2)}`;
  await putInstance(world.consul(dc), {
    ...{ node: `node-of-${dc}`, service, id, meta: meta ?? { version } },
    ...{ ...(tags && { tags }), ...(status && { status }) },
  });
}

const filterOf = (version: string) => `Service.Meta.version == "${version}"`;
const entry = (kind: string, name: string, dc = 'dc1') =>
  dc1.get<Record<string, unknown>>(`/v1/config/${kind}/${name}?dc=${dc}`);
const put = (body: Record<string, unknown>) => dc1.put('/v1/config', body);
/** Which instances Consul itself lets through. */
const through = async (service: string, filter: string) =>
  (
    await dc1.get<{ Service: { Meta: Record<string, string>; Tags: string[] } }[]>(
      `/v1/health/service/${service}?filter=${encodeURIComponent(filter)}`,
    )
  ).map(({ Service }) => Service.Meta.version ?? Service.Tags[0] ?? 'none');

/** Resolves when it works in every datacenter. */
async function followed(dc: string, service: string, plan: Plan): Promise<void> {
  await until('every datacenter to follow', async () => {
    const missing = await bench.verify(dc, service, plan);
    if (missing !== null) throw new Error(missing);
    return true;
  });
}

async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof PlanRefused) return error.code;
  throw new Error(`It was not refused: ${error}`);
}

test('shares move in the compiled chain of every datacenter of a federation, from whichever of them they are asked for', async () => {
  for (const dc of ['dc1', 'dc2', 'dc3']) for (const version of ['1.4.2', '1.5.0']) await run(dc, 'pay', version);
  expect(await bench.standing('dc2', 'pay')).toMatchObject({ can: true, declared: null, source: null, index: null });
  const first = await bench.plan('dc2', 'pay', { shares: { '1.4.2': 90, '1.5.0': 10 } });
  expect(first.writes.map(({ stage, target }) => [stage, target])).toEqual([
    [0, 'dc1 config service-defaults/pay'],
    [1, 'dc1 config service-resolver/pay'],
    [2, 'dc1 config service-splitter/pay'],
  ]);
  expect(first.warnings.map(({ code }) => code)).toEqual(['every-datacenter', 'protocol-http']);
  expect(await bench.carryOut('dc2', 'pay', first)).toMatchObject({ kind: 'written' });
  await followed('dc2', 'pay', first);
  for (const dc of ['dc1', 'dc2', 'dc3']) {
    expect((await compiledShares(dc1, dc, 'pay')).shares).toEqual({ [filterOf('1.4.2')]: 90, [filterOf('1.5.0')]: 10 });
  }
  expect(await bench.standing('dc3', 'pay')).toMatchObject({
    ...{ declared: { '1.4.2': 90, '1.5.0': 10 }, source: 'dc1 config service-splitter/pay' },
    index: (await entry('service-splitter', 'pay')).ModifyIndex,
  });

  for (const share of [33.33, 0.01, 100, 0]) {
    const shares = { '1.4.2': (10_000 - share * 100) / 100, '1.5.0': share };
    const plan = await bench.plan('dc1', 'pay', { shares });
    expect(plan.writes.map(({ target }) => target)).toEqual(['dc1 config service-splitter/pay']);
    expect(plan.declares).toEqual(shares);
    expect(await bench.carryOut('dc1', 'pay', plan)).toMatchObject({ kind: 'written' });
    expect((await bench.standing('dc2', 'pay')).declared).toEqual(shares);
    await followed('dc1', 'pay', plan);
    expect(shareOf((await compiledShares(dc1, 'dc3', 'pay')).shares, filterOf('1.5.0'))).toBe(share);
  }
});

test('what has not arrived everywhere yet is said, with the datacenter', async () => {
  for (const dc of ['dc1', 'dc2']) for (const version of ['1', '2']) await run(dc, 'late', version);
  const plan = await bench.plan('dc1', 'late', { shares: { '1': 50, '2': 50 } });
  expect(await bench.verify('dc1', 'late', plan)).toMatch(/dc1: service-defaults\/late is not as it was written\. dc2/);
  expect(await bench.carryOut('dc1', 'late', plan)).toMatchObject({ kind: 'written' });
  await followed('dc1', 'late', plan);
});

test('a write that somebody else came before is lost, and nothing of theirs is overwritten', async () => {
  for (const version of ['1', '2']) await run('dc1', 'raced', version);
  const first = await bench.plan('dc1', 'raced', { shares: { '1': 90, '2': 10 } });
  expect(await bench.carryOut('dc1', 'raced', first)).toMatchObject({ kind: 'written' });
  const late = await bench.plan('dc1', 'raced', { shares: { '1': 50, '2': 50 } });
  const theirs = await bench.plan('dc1', 'raced', { shares: { '1': 80, '2': 20 } });
  expect(await bench.carryOut('dc1', 'raced', theirs)).toMatchObject({ kind: 'written' });
  expect(await bench.carryOut('dc1', 'raced', late)).toMatchObject({ kind: 'lost' });
  expect((await bench.standing('dc1', 'raced')).declared).toEqual({ '1': 80, '2': 20 });
});

test('a write lost in the middle: what was written before it is taken back, as far as Consul lets it go', async () => {
  for (const version of ['1', '2']) await run('dc1', 'middle', version);
  const plan = await bench.plan('dc1', 'middle', { shares: { '1': 90, '2': 10 } });
  const outcome = await bench.carryOut('dc1', 'middle', plan, async ({ entryKind, after }) => {
    if (entryKind !== 'service-splitter') return;
    await put({ ...after, Splits: [{ Weight: 100, ServiceSubset: '1' }] });
  });
  expect(outcome).toMatchObject({ kind: 'lost', target: 'dc1 config service-splitter/middle' });
  // Somebody else's splitter names a subset by now, and needs HTTP: both are kept, and say so.
  expect(await entry('service-resolver', 'middle')).toMatchObject({
    Subsets: { '1': { Filter: filterOf('1') } },
    Meta: { lictor: expect.stringContaining('subsets kept') },
  });
  expect(await entry('service-defaults', 'middle')).toMatchObject({
    Protocol: 'http',
    Meta: { lictor: expect.stringContaining('protocol kept') },
  });
  for (const write of bench.entriesOf(plan).slice(0, 2)) expect(await bench.writer.look(write, never)).toBe('before');
});

test('what was not there before is taken back to what does the same as nothing, and is known as such', async () => {
  for (const version of ['1', '2']) await run('dc1', 'back', version);
  const plan = await bench.plan('dc1', 'back', {
    ...{ shares: { '1': 90, '2': 10 }, routes: [{ header: 'x', value: 'y', version: '2' }], failover: ['dc2'] },
  });
  const writes = bench.entriesOf(plan);
  for (const write of writes) {
    expect(await bench.writer.look(write, never)).toBe('before');
    expect(await bench.writer.write(write, never)).toBe('written');
    expect(await bench.writer.look(write, never)).toBe('after');
    expect(await bench.writer.write(write, never)).toBe('lost');
  }
  for (const write of writes.toReversed()) {
    expect(await bench.writer.restore(write, never)).toBe('restored');
    expect(await bench.writer.look(write, never)).toBe('before');
    expect(await bench.writer.restore(write, never)).toBe('restored');
  }
  expect(await bench.standing('dc1', 'back')).toMatchObject({ can: true, declared: null, routes: [], failover: [] });
  expect((await compiledShares(dc1, 'dc1', 'back')).shares).toEqual({ '': 100 });
  const again = await bench.plan('dc1', 'back', { shares: { '1': 70, '2': 30 } });
  expect(await bench.carryOut('dc1', 'back', again)).toMatchObject({ kind: 'written' });
  expect((await bench.standing('dc1', 'back')).declared).toEqual({ '1': 70, '2': 30 });
});

test('taking back leaves alone what somebody wrote since', async () => {
  for (const version of ['1', '2']) await run('dc1', 'since', version);
  const plan = await bench.plan('dc1', 'since', { shares: { '1': 90, '2': 10 } });
  expect(await bench.carryOut('dc1', 'since', plan)).toMatchObject({ kind: 'written' });
  const splitter = bench.entriesOf(plan).at(-1);
  if (splitter === undefined) throw new Error('There is no splitter in the plan.');
  const theirs = { ...splitter.after, Splits: [{ Weight: 100, ServiceSubset: '1' }] };
  await put(theirs);
  expect(await bench.writer.look(splitter, never)).toBe('other');
  expect(await bench.writer.restore(splitter, never)).toBe('lost');
  expect(await entry('service-splitter', 'since')).toMatchObject(theirs);
});

test('what stood before is put back to the byte, with every field that Lictor does not know', async () => {
  for (const version of ['1', '2']) await run('dc1', 'kept', version);
  const defaults = {
    Kind: 'service-defaults',
    Name: 'kept',
    Protocol: 'grpc',
    MeshGateway: { Mode: 'local' },
    Meta: { by: 'ops' },
  };
  const exposed = {
    Checks: true,
    Paths: [{ Path: '/x', LocalPathPort: 8080, ListenerPort: 21_500, Protocol: 'http' }],
  };
  await put({ ...defaults, Expose: exposed });
  await put({
    ...{ Kind: 'service-resolver', Name: 'kept', DefaultSubset: 'one', ConnectTimeout: '67s', Meta: { by: 'ops' } },
    Subsets: { one: { Filter: filterOf('1'), OnlyPassing: true }, blue: { Filter: '"blue" in Service.Tags' } },
    Failover: { '*': { Datacenters: ['dc3'] }, blue: { Datacenters: ['dc2'] } },
  });
  await put({
    ...{ Kind: 'service-splitter', Name: 'kept', Meta: { by: 'ops' } },
    Splits: [
      { Weight: 99.5, ServiceSubset: 'one' },
      { Weight: 0.5, ServiceSubset: 'blue' },
    ],
  });
  // Without the namespace Consul writes it there by itself, once it has compiled the router.
  const retries = {
    Service: 'kept',
    Namespace: 'default',
    RequestTimeout: '3s',
    NumRetries: 2,
    RetryOnStatusCodes: [503],
  };
  await put({
    ...{ Kind: 'service-router', Name: 'kept', Meta: { by: 'ops' } },
    Routes: [{ Match: { HTTP: { PathPrefix: '/a', Methods: ['GET'] } }, Destination: retries }],
  });
  const kinds = ['service-defaults', 'service-resolver', 'service-splitter', 'service-router'];
  const texts = () => Promise.all(kinds.map(async (kind) => JSON.stringify(withoutIndex(await entry(kind, 'kept')))));
  const before = await texts();
  expect(await bench.standing('dc1', 'kept')).toMatchObject({
    ...{ can: true, declared: { '1': 99.5, blue: 0.5 }, routes: [], failover: ['dc3'] },
    reason: expect.stringContaining('The subset blue has the filter "blue" in Service.Tags'),
  });

  const plan = await bench.plan('dc1', 'kept', {
    ...{
      shares: { '1': 60, '2': 40 },
      routes: [{ header: 'gray-tag', value: 'v2', version: '2' }],
      failover: ['dc2', 'dc3'],
    },
  });
  expect(plan.writes.map(({ target }) => target)).toEqual([
    ...['dc1 config service-resolver/kept', 'dc1 config service-splitter/kept', 'dc1 config service-router/kept'],
  ]);
  expect(await bench.carryOut('dc1', 'kept', plan)).toMatchObject({ kind: 'written' });
  expect(withoutIndex(await entry('service-resolver', 'kept'))).toEqual({
    ...{ Kind: 'service-resolver', Name: 'kept', DefaultSubset: 'one', ConnectTimeout: '1m7s', Meta: { by: 'ops' } },
    Subsets: {
      one: { Filter: filterOf('1'), OnlyPassing: true },
      ...{ blue: { Filter: '"blue" in Service.Tags' }, '2': { Filter: filterOf('2') } },
    },
    Failover: { '*': { Datacenters: ['dc2', 'dc3'] }, blue: { Datacenters: ['dc2'] } },
  });
  expect(JSON.stringify(withoutIndex(await entry('service-defaults', 'kept')))).toBe(before[0]);
  const gray = {
    Match: { HTTP: { Header: [{ Name: 'gray-tag', Exact: 'v2' }] } },
    Destination: { ServiceSubset: '2' },
  };
  expect((await entry('service-router', 'kept')).Routes).toEqual([
    gray,
    { Match: { HTTP: { PathPrefix: '/a', Methods: ['GET'] } }, Destination: retries },
  ]);
  await followed('dc1', 'kept', plan);
  for (const dc of ['dc1', 'dc2']) {
    const compiled = await compiledShares(dc1, dc, 'kept');
    expect(compiled.shares).toMatchObject({ [filterOf('1')]: 60, [filterOf('2')]: 40 });
    expect(compiled.routes).toEqual({ v2: filterOf('2') });
    expect(compiled.failover[filterOf('2')]).toEqual(['dc2', 'dc3'].filter((other) => other !== dc));
  }
  for (const write of bench.entriesOf(plan).toReversed()) {
    expect(await bench.writer.restore(write, never)).toBe('restored');
  }
  expect(await texts()).toEqual(before);
  for (const kind of kinds) {
    await until(`${kind} of dc2 to be as before`, async () => {
      return (
        JSON.stringify(withoutIndex(await entry(kind, 'kept', 'dc2'))) ===
        JSON.stringify(withoutIndex(await entry(kind, 'kept')))
      );
    });
  }
});

test('where a copy cannot be asked whether it has let go, the subsets stay, and it is known that they do', async () => {
  for (const version of ['1', '2']) await run('dc1', 'away', version);
  const plan = await bench.plan('dc1', 'away', { shares: { '1': 90, '2': 10 }, failover: ['dc2'] });
  expect(await bench.carryOut('dc1', 'away', plan)).toMatchObject({ kind: 'written' });
  const writer = new ConfigEntryWriter({ ...bench.consul, copiesOf: () => ['dc1', 'dc9'] });
  const writes = bench.entriesOf(plan).toReversed();
  for (const write of writes) {
    expect(await writer.restore(write, never)).toBe('restored');
    expect(await writer.look(write, never)).toBe('before');
  }
  expect(withoutIndex(await entry('service-resolver', 'away'))).toEqual({
    ...{ Kind: 'service-resolver', Name: 'away', Meta: { lictor: expect.stringContaining('subsets kept') } },
    Subsets: { '1': { Filter: filterOf('1') }, '2': { Filter: filterOf('2') } },
  });
});

test('a service whose name holds anything is divided as any other, and one that Consul cannot be asked for is not', async () => {
  const name = 'a b/"ü"<i>?&#%2f';
  for (const version of ['1', '2']) await run('dc1', name, version);
  const plan = await bench.plan('dc1', name, { shares: { '1': 90, '2': 10 } });
  expect(await bench.carryOut('dc1', name, plan)).toMatchObject({ kind: 'written' });
  expect((await bench.standing('dc1', name)).declared).toEqual({ '1': 90, '2': 10 });
  await followed('dc1', name, plan);
  const astray = { ...(await bench.subject('dc1', 'pay')), name: 'a/../pay' };
  expect(await bench.actuator.read(astray, never)).toMatchObject({
    ...{ can: false, declared: null, reason: expect.stringContaining("Consul's API cannot be asked") },
  });
});

test('quotes, backslashes, operators and other characters in versions: each subset lets through its own version and no other', async () => {
  const versions = ['1" or "1" == "1', 'a\\', '`b` and not c', 'ü 😀', '2.0', '2-0', 'V2', '%2f../x', '<i>'];
  for (const version of versions) await run('dc1', 'odd', version);
  await run('dc1', 'odd', 'v7', { meta: {}, tags: ['v7', 'blue'] });
  await run('dc1', 'odd', '', { meta: {} });
  const all = [...versions, 'v7', 'unversioned'];
  const shares = Object.fromEntries(all.map((version, at) => [version, at === 0 ? 100 - (all.length - 1) * 5 : 5]));
  const plan = await bench.plan('dc1', 'odd', { shares });
  expect(await bench.carryOut('dc1', 'odd', plan)).toMatchObject({ kind: 'written' });
  expect((await bench.standing('dc1', 'odd')).declared).toEqual(shares);
  const compiled = await compiledShares(dc1, 'dc1', 'odd');
  expect(Object.values(compiled.shares).sort()).toEqual(Object.values(shares).sort());
  const found = await Promise.all(Object.keys(compiled.shares).map((filter) => through('odd', filter)));
  expect(found.map((versionsThrough) => versionsThrough.join(' | ')).sort()).toEqual(
    [...versions, 'v7', 'none'].sort(),
  );
});

test('three versions move against each other; one more comes in without a touch of the others; without versions all is one', async () => {
  for (const version of ['1', '2', '3']) await run('dc1', 'three', version);
  const plan = await bench.plan('dc1', 'three', { shares: { '1': 33.34, '2': 33.33, '3': 33.33 } });
  expect(await bench.carryOut('dc1', 'three', plan)).toMatchObject({ kind: 'written' });
  expect((await compiledShares(dc1, 'dc1', 'three')).shares).toEqual({
    ...{ [filterOf('1')]: 33.34, [filterOf('2')]: 33.33, [filterOf('3')]: 33.33 },
  });
  await run('dc1', 'three', '4');
  const more = await bench.plan('dc1', 'three', { shares: { '1': 33.34, '2': 33.33, '3': 23.33, '4': 10 } });
  expect(more.writes.map(({ target }) => target)).toEqual([
    ...['dc1 config service-resolver/three', 'dc1 config service-splitter/three'],
  ]);
  expect(await bench.carryOut('dc1', 'three', more)).toMatchObject({ kind: 'written' });
  expect((await bench.standing('dc1', 'three')).declared).toEqual({ '1': 33.34, '2': 33.33, '3': 23.33, '4': 10 });

  await run('dc1', 'plain', '', { meta: {} });
  const whole = await bench.plan('dc1', 'plain', { shares: { unversioned: 100 } });
  expect(await bench.carryOut('dc1', 'plain', whole)).toMatchObject({ kind: 'written' });
  const [filter = ''] = Object.keys((await compiledShares(dc1, 'dc1', 'plain')).shares);
  expect(await through('plain', filter)).toEqual(['none']);
  expect(await refusalOf(bench.plan('dc1', 'nobody', { shares: { '1': 100 } }))).toBe('shares');
});

test('weights that Consul took although they are none are shown in proportion, and mended by the next write', async () => {
  for (const version of ['1', '2']) await run('dc1', 'sums', version);
  await put({ Kind: 'service-defaults', Name: 'sums', Protocol: 'http' });
  await put({
    Kind: 'service-resolver',
    Name: 'sums',
    Subsets: { a: { Filter: filterOf('1') }, b: { Filter: filterOf('2') } },
  });
  await put({
    Kind: 'service-splitter',
    Name: 'sums',
    Splits: [
      { Weight: 101, ServiceSubset: 'a' },
      { Weight: -1, ServiceSubset: 'b' },
    ],
  });
  expect(await bench.standing('dc1', 'sums')).toMatchObject({
    declared: { '1': 100, '2': 0 },
    reason: expect.stringContaining('101, -1'),
  });
  const plan = await bench.plan('dc1', 'sums', { shares: { '1': 99.99, '2': 0.01 } });
  expect(await bench.carryOut('dc1', 'sums', plan)).toMatchObject({ kind: 'written' });
  expect((await compiledShares(dc1, 'dc1', 'sums')).shares).toEqual({ [filterOf('1')]: 99.99, [filterOf('2')]: 0.01 });
});

test('a protocol that is not HTTP, a splitter to another service and a redirect are refused with the reason, and left alone', async () => {
  for (const service of ['tcp', 'elsewhere', 'moved'])
    for (const version of ['1', '2']) await run('dc1', service, version);
  await put({ Kind: 'service-defaults', Name: 'tcp', Protocol: 'tcp' });
  await put({ Kind: 'service-defaults', Name: 'elsewhere', Protocol: 'http' });
  await put({ Kind: 'service-defaults', Name: 'other', Protocol: 'http' });
  await put({
    Kind: 'service-splitter',
    Name: 'elsewhere',
    Splits: [{ Weight: 60 }, { Weight: 40, Service: 'other' }],
  });
  await put({ Kind: 'service-resolver', Name: 'moved', Redirect: { Service: 'moved-to' } });
  const reasons = { tcp: 'speaks tcp', elsewhere: 'also sends traffic to other', moved: 'redirects all traffic' };
  const refusals = { tcp: 'protocol-tcp', elsewhere: 'splits-elsewhere', moved: 'redirected' };
  for (const service of ['tcp', 'elsewhere', 'moved'] as const) {
    expect(await bench.standing('dc1', service)).toMatchObject({
      ...{ can: false, reason: expect.stringContaining(reasons[service]) },
    });
    expect(await refusalOf(bench.plan('dc1', service, { shares: { '1': 90, '2': 10 } }))).toBe(refusals[service]);
  }
});

test("Consul's refusals in the middle are said in words: a subset that went missing, a resolver in use, a protocol in use", async () => {
  for (const version of ['1', '2']) await run('dc1', 'refused', version);
  const plan = await bench.plan('dc1', 'refused', { shares: { '1': 90, '2': 10 } });
  const outcome = await bench.carryOut('dc1', 'refused', plan, async ({ entryKind }) => {
    if (entryKind === 'service-splitter') await put({ Kind: 'service-resolver', Name: 'refused' });
  });
  expect(outcome).toMatchObject({
    kind: 'failed',
    state: 'restored',
    sentence: expect.stringContaining('has no subset 1'),
  });
  expect(withoutIndex(await entry('service-defaults', 'refused'))).toMatchObject({ Name: 'refused' });
  expect((await entry('service-defaults', 'refused')).Protocol ?? '').toBe('');

  for (const version of ['1', '2']) await run('dc1', 'inuse', version);
  const standing = await bench.plan('dc1', 'inuse', { shares: { '1': 90, '2': 10 } });
  expect(await bench.carryOut('dc1', 'inuse', standing)).toMatchObject({ kind: 'written' });
  const [defaults, resolver] = bench.entriesOf(standing);
  if (!defaults || !resolver) throw new Error('There are no such writes.');
  const { ModifyIndex } = await entry('service-resolver', 'inuse');
  const emptied = { ...resolver, index: Number(ModifyIndex), after: { Kind: 'service-resolver', Name: 'inuse' } };
  await expect(bench.writer.write(emptied, never)).rejects.toThrow(/still names the subset [12] of inuse/);
  const index = Number((await entry('service-defaults', 'inuse')).ModifyIndex);
  const silenced = { ...defaults, index, after: { Kind: 'service-defaults', Name: 'inuse', Protocol: 'tcp' } };
  await expect(bench.writer.write(silenced, never)).rejects.toThrow(/needs a service that speaks http/);
  expect((await bench.standing('dc1', 'inuse')).declared).toEqual({ '1': 90, '2': 10 });
});

test('never to nothing: all canaries critical refuse the plan; one that another datacenter lacks is a danger, and a failover mends it', async () => {
  await run('dc1', 'canary', '1');
  await run('dc1', 'canary', '2', { status: 'critical' });
  await run('dc2', 'canary', '1');
  const wish = { shares: { '1': 90, '2': 10 } };
  expect(await refusalOf(bench.plan('dc1', 'canary', wish))).toBe('no-healthy-target');
  expect(await refusalOf(bench.plan('dc2', 'canary', wish))).toBe('no-healthy-target');
  await run('dc1', 'canary', '2');
  const danger = await bench.plan('dc1', 'canary', wish);
  expect(danger.warnings).toContainEqual({
    ...{ severity: 'danger', code: 'no-target-elsewhere', sentence: expect.stringContaining('in dc2') },
  });
  expect(await refusalOf(bench.plan('dc2', 'canary', wish))).toBe('no-healthy-target');
  const mended = await bench.plan('dc2', 'canary', { ...wish, failover: ['dc1'] });
  expect(mended.warnings.map(({ severity }) => severity)).not.toContain('danger');
  expect(await bench.carryOut('dc2', 'canary', mended)).toMatchObject({ kind: 'written' });
  await followed('dc2', 'canary', mended);
  expect((await compiledShares(dc1, 'dc2', 'canary')).failover).toMatchObject({ [filterOf('2')]: ['dc1'] });
  expect(await bench.standing('dc3', 'canary')).toMatchObject({ failover: ['dc1'], declared: wish.shares });
});

function withoutIndex({ CreateIndex: _, ModifyIndex: __, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return rest;
}
