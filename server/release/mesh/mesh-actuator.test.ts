import { expect, test } from 'vitest';
import { serviceKey } from '@/lib/fleet/keys';
import type { DatacenterRecord, ServiceBody } from '@/lib/fleet/model';
import { exampleInstance } from '@/lib/release/mesh/testing/example-scene';
import { answerOf } from '@/server/consul/testing/answer';
import type { ConsulAnswer, ConsulRequest, ConsulTransport } from '@/server/consul/transport';
import type { SplitSubject } from '@/server/release/actuator';
import type { ReleaseConsul } from '@/server/release/release-consul';
import { MeshActuator } from './mesh-actuator';

const never = new AbortController().signal;
const NO_ENTRY = answerOf('Config entry not found for "x" / "y"', { status: 404 });
const USUAL: Readonly<Record<string, ConsulAnswer>> = {
  '/v1/connect/ca/roots': answerOf({ TrustDomain: 'a.consul', ActiveRootID: 'x' }),
  '/v1/catalog/connect/pay': answerOf([{ ServiceName: 'pay-sidecar-proxy' }]),
};
const INSTANCES = [exampleInstance('dc1', 'a', '1.0'), exampleInstance('dc1', 'b', '2.0')];
const SUBJECT: SplitSubject = {
  dc: 'dc1',
  name: 'pay',
  instances: INSTANCES,
  stages: {},
  versionMetaKeys: ['version'],
};
const WISH = { mechanism: 'mesh', shares: { '1.0': 90, '2.0': 10 } } as const;

/** What later Consuls, proxies and tokens answer, which no 1.8.7 can be made to. */
function actuator(answers: Record<string, ConsulAnswer> = {}, primary: string | null = 'dc1') {
  const asked: ConsulRequest[] = [];
  const transport = {
    request: async (request: ConsulRequest) => {
      asked.push(request);
      return answers[request.path] ?? USUAL[request.path] ?? NO_ENTRY;
    },
  } as unknown as ConsulTransport;
  const consul: ReleaseConsul = {
    transportOf: () => transport,
    primaryOf: () => primary,
    copiesOf: () => ['dc1', 'dc2'],
    home: () => 'dc1',
  };
  const elsewhere = {
    [serviceKey('dc2', 'pay')]: [exampleInstance('dc2', 'c', '1.0')],
    [serviceKey('dc2', 'xpay')]: [],
  };
  const mesh = new MeshActuator(consul, {
    keys: () => Object.keys(elsewhere),
    service: (key) => ({ instances: elsewhere[key] }) as unknown as ServiceBody,
    datacenter: () => ({ freshness: { state: 'live' } }) as DatacenterRecord,
  });
  return { mesh, asked };
}

test('entries are asked for where they are written, each once, with a default read', async () => {
  const { mesh, asked } = actuator();
  expect(await mesh.read({ ...SUBJECT, dc: 'dc2' }, never)).toMatchObject({ can: true, reason: null, index: null });
  const entries = asked.filter(({ path }) => path.startsWith('/v1/config/'));
  expect(entries.map(({ path }) => path).sort()).toEqual([
    ...['/v1/config/proxy-defaults/global', '/v1/config/service-defaults/pay', '/v1/config/service-resolver/pay'],
    ...['/v1/config/service-router/pay', '/v1/config/service-splitter/pay'],
  ]);
  for (const { query } of entries) expect(query).toEqual({ dc: 'dc1' });
});

test('the other datacenters of the federation are judged by what is known of them', async () => {
  const { mesh } = actuator();
  const plan = mesh.plan(SUBJECT, await mesh.read(SUBJECT, never), WISH);
  expect(plan.warnings).toContainEqual(
    expect.objectContaining({ code: 'no-target-elsewhere', sentence: expect.stringContaining('dc2') }),
  );
});

test('while the primary is not known nothing is read, and no plan is made', async () => {
  const { mesh, asked } = actuator({}, null);
  const standing = await mesh.read(SUBJECT, never);
  expect(standing).toMatchObject({ can: false, reason: expect.stringContaining('not known yet') });
  expect(asked).toEqual([]);
  expect(() => mesh.plan(SUBJECT, standing, WISH)).toThrow(standing.reason ?? '');
});

test('a 404 of something else is not taken for an entry that is not there', async () => {
  const { mesh } = actuator({ '/v1/config/service-splitter/pay': answerOf('<h1>Not found</h1>', { status: 404 }) });
  await expect(mesh.read(SUBJECT, never)).rejects.toMatchObject({ name: 'ConsulError', status: 404 });
});

test('an entry of a form that nobody knows is left alone, and the reason is said', async () => {
  const splitter = { Kind: 'service-splitter', Name: 'pay', ModifyIndex: 7, Splits: 'all of it' };
  const { mesh } = actuator({ '/v1/config/service-splitter/pay': answerOf(splitter) });
  expect(await mesh.read(SUBJECT, never)).toMatchObject({
    ...{ can: false, reason: expect.stringContaining('a form that Lictor does not know'), scene: null },
  });
});

test('what Consul computes of an entry by itself makes no other ETag and is not written back', async () => {
  const splitter = { Kind: 'service-splitter', Name: 'pay', Splits: [{ Weight: 100 }] };
  const read = async (more: object) => {
    const { mesh } = actuator({ '/v1/config/service-splitter/pay': answerOf({ ...splitter, ...more }) });
    return mesh.read(SUBJECT, never);
  };
  const before = await read({ ModifyIndex: 7, CreateIndex: 7 });
  const later = await read({ ModifyIndex: 9, CreateIndex: 7, Hash: 12_345, Meta: null });
  expect(later.images).toEqual(before.images);
  expect(later.index).toBe(9);
  const write = actuator().mesh.plan(SUBJECT, later, WISH).writes.at(-1);
  expect(write).toMatchObject({ index: 9 });
  expect(write?.after).not.toHaveProperty('Hash');
});

test('without Connect there is no mesh, and without a proxy nobody obeys it: both are said', async () => {
  const off = answerOf('Connect must be enabled in order to use this endpoint', { status: 500 });
  expect(await actuator({ '/v1/connect/ca/roots': off }).mesh.read(SUBJECT, never)).toMatchObject({
    ...{ can: false, reason: expect.stringContaining('Connect is off') },
  });
  expect(await actuator({ '/v1/catalog/connect/pay': answerOf([]) }).mesh.read(SUBJECT, never)).toMatchObject({
    ...{ can: true, reason: expect.stringContaining('No proxy serves pay') },
  });
  const denied = answerOf('Permission denied', { status: 403 });
  expect(await actuator({ '/v1/catalog/connect/pay': denied }).mesh.read(SUBJECT, never)).toMatchObject({
    ...{ can: true, reason: null },
  });
});

test('nothing that was planned has to arrive anywhere where nothing was written', async () => {
  const { mesh, asked } = actuator();
  const nothing = { writes: [], warnings: [], declares: null, roundingError: 0 };
  expect(await mesh.verify(SUBJECT, nothing, never)).toBeNull();
  expect(asked).toEqual([]);
});
