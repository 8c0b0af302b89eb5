import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SpoilingProxy } from '@/e2e/harness/spoiling-proxy';
import { Stage } from '@/e2e/harness/stage';
import type { ConsulHttp } from '@/e2e/world/consul-http';
import { until } from '@/e2e/world/until';
import { putEntry, putProxy, putServices } from './registered';
import { type SourcesBench, sourcesBench } from './sources-bench';

const stage = new Stage();
let consul: ConsulHttp;
let proxy: SpoilingProxy;
let bench: SourcesBench;

beforeAll(async () => {
  const world = await stage.bareWorld(1);
  consul = world.consul('dc1');
  proxy = await stage.proxy(consul.address);
  bench = await sourcesBench(stage, proxy.address);
});

afterAll(() => stage.clear());

test('a chain that does not compile is told at its service, which stays as healthy as it is, and goes when it is mended', async () => {
  // Consul refuses a write that would break a chain, so its own words for one are put in the place of its answer.
  const words = await putEntry(consul, { Kind: 'service-splitter', Name: 'torn', Splits: [{ Weight: 100 }] }).then(
    () => '',
    (error: Error) => /discovery chain "torn" uses.*behavior/.exec(error.message)?.[0] ?? '',
  );
  expect(words).not.toBe('');
  proxy.spoil(/discovery-chain\/torn/, { status: 500, body: `rpc error making call: ${words}` });
  await putServices(consul, 'torn', 'whole');
  await putEntry(consul, { Kind: 'service-resolver', Name: 'torn', Redirect: { Service: 'whole' } });
  await until('the problem', () => bench.node('dc1/torn')?.problem?.includes(words));
  expect(bench.node('dc1/torn')).toMatchObject({ kind: 'service', status: 'passing', instances: 1 });
  expect(bench.edges('torn')).toEqual(['dc1/torn>dc1/whole route']);
  expect(bench.state('chains')).toBe('live');

  proxy.heal();
  await putEntry(consul, { Kind: 'service-defaults', Name: 'torn', Protocol: 'tcp' });
  await until('the problem to be gone', () => bench.node('dc1/torn')?.problem === null);
});

test('endpoints that a version lacks are absent, and what others say is shown', async () => {
  const missing = await stage.proxy(consul.address);
  for (const path of [/catalog\/gateway-services/, /discovery-chain/, /coordinate/]) {
    missing.spoil(path, { status: 404, body: '404 page not found' });
  }
  await putProxy(consul, { service: 'way-in', kind: 'ingress-gateway' });
  await putEntry(consul, {
    ...{ Kind: 'ingress-gateway', Name: 'way-in' },
    Listeners: [{ Port: 8_080, Protocol: 'tcp', Services: [{ Name: 'whole' }] }],
  });
  const older = await sourcesBench(stage, missing.address);
  for (const name of ['gateways', 'chains', 'coordinates']) {
    await until(`${name} to be absent`, () => older.state(name)?.startsWith('absent: '));
  }
  expect(older.edges('way-in')).toEqual(['dc1/way-in>dc1/whole gateway']);
  expect(older.node('dc1/way-in')?.kind).toBe('gateway');
  expect(older.edges('torn')).toEqual(['dc1/torn>dc1/whole route']);
});

test('while Consul cannot answer, what was known of chains stays and is old', async () => {
  await until('the chain', () =>
    bench.book.edge('dc1/torn>dc1/whole')?.sources.some(({ source }) => source.startsWith('discovery chain')),
  );
  proxy.spoil(/discovery-chain/, { status: 500, body: 'rpc error making call: No cluster leader' });
  await putEntry(consul, { Kind: 'service-defaults', Name: 'torn', Protocol: 'tcp', ExternalSNI: 'torn.internal' });
  await until('chains to be old', () => bench.state('chains')?.startsWith('old: '));
  expect(bench.node('dc1/torn')?.problem).toBeNull();
  expect(bench.edges('torn')).toEqual(['dc1/torn>dc1/whole route']);
  proxy.heal();
  await until('chains to be live', () => bench.state('chains') === 'live');
});
