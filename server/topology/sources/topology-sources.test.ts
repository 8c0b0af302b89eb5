import { expect, test } from 'vitest';
import type { ConfigurationFact } from '@/lib/configuration/configuration-fact';
import type { DatacenterRecord } from '@/lib/fleet/model';
import type { ObservedInstance, ObservedProxy } from '@/lib/fleet/observation';
import { observeService } from '@/lib/fleet/observe-service';
import { ManualClock, settled } from '@/server/consul/testing/manual-clock';
import { listening, ScriptedTransport } from './testing/told-by';
import { TopologySources } from './topology-sources';

const AT = '2026-01-01T00:00:00.000Z';

const record = (name: string, state: 'live' | 'lost' | 'denied' = 'live', partial = false): DatacenterRecord => ({
  ...{ name, partial, leader: null, unconfirmed: null },
  freshness: { state, since: AT, lastContactMs: 0, reason: state === 'live' ? null : `${name} is ${state}.` },
});

const redirect: ConfigurationFact = {
  ...{ dc: 'dc1', subject: 'config-entry', key: 'k', name: 'service-resolver/cart', modifyIndex: 1, digest: '' },
  content: JSON.stringify({ Kind: 'service-resolver', Name: 'cart', Redirect: { Service: 'cart-new' } }),
};

function sidecarStep(dc: string) {
  const upstream = { name: 'cart', isQuery: false, datacenter: '', namespace: '', partition: '', peer: '' };
  const proxy: ObservedProxy = {
    kind: 'connect-proxy',
    destination: 'front',
    isTransparent: false,
    upstreams: [upstream],
  };
  const instance: ObservedInstance = {
    ...{ id: 'f', node: 'n', address: '', port: 1, tags: [], meta: {}, checks: [], proxy },
    weights: { passing: 1, warning: 1 },
  };
  const seen = { dc, name: 'front-sidecar', at: AT, afterGap: false, unreadable: [], versionMetaKeys: [] };
  return { dc, name: 'front-sidecar', next: observeService(undefined, { ...seen, instances: [instance] }) };
}

function opened() {
  const clock = new ManualClock();
  const heard = listening();
  const transport = new ScriptedTransport(({ path }) => {
    if (path.startsWith('/v1/kv/')) return { status: 404, body: '' };
    if (path === '/v1/internal/acl/authorize') return { status: 401, body: 'ACL support disabled' };
    if (path.startsWith('/v1/discovery-chain')) return { body: { Chain: { Nodes: {}, Targets: {} } } };
    return { body: [] };
  });
  let changes = 0;
  const sources = new TopologySources({
    settings: { upstreamsMetaKey: 'upstreams', kindMetaKey: 'kind', documentKey: 'lictor/topology' },
    ...{ versionMetaKeys: ['version'], told: heard.told, clock, random: () => 0, transportOf: () => transport },
    onChange: () => {
      changes += 1;
    },
    places: { isWrittenIn: (dc) => dc === 'dc1', copiesOf: (dc) => (dc === 'dc1' ? ['dc1', 'dc2'] : [dc]) },
  });
  const pass = async (ms: number) => {
    await clock.advance(ms);
    for (let turn = 0; turn < 20; turn += 1) await settled();
  };
  const state = (name: string, dc: string) => sources.states().find((one) => one.name === name && one.dc === dc)?.state;
  return { clock, heard, transport, sources, pass, state, changes: () => changes };
}

test('before the start nothing is asked, and what the fleet and the configuration bring is taken in', async () => {
  const { sources, heard, transport, pass, changes } = opened();
  sources.onDatacenter('dc1', undefined, record('dc1'));
  sources.onService(sidecarStep('dc1'));
  sources.baseline('dc1', [redirect]);
  await pass(60_000);
  expect(transport.requests).toEqual([]);
  expect(heard.edges()).toEqual(['dc1/cart>dc1/cart-new', 'dc1/front>dc1/cart', 'dc2/cart>dc2/cart-new']);
  expect(changes()).toBeGreaterThan(0);
});

test('from the start each datacenter is asked, few questions at a time and none that waits; at the end no timer is left', async () => {
  const { sources, transport, pass, clock, state, heard } = opened();
  for (const dc of ['dc1', 'dc2']) sources.onDatacenter(dc, undefined, record(dc));
  sources.baseline('dc1', [redirect]);
  sources.start();
  await pass(1_000);
  const asked = transport.requests.map(({ path, query }) => `${path} ${query?.dc ?? ''}`);
  expect(asked).toContain('/v1/discovery-chain/cart dc1');
  expect(asked).toContain('/v1/discovery-chain/cart dc2');
  expect(transport.requests.every(({ lane, query }) => lane === undefined && query?.index === undefined)).toBe(true);
  expect(transport.mostAtOnce).toBeLessThanOrEqual(16);
  transport.requests.splice(0);
  await pass(60_000);
  // A minute of a datacenter: six documents, one look at queries with the right to them, one at coordinates.
  expect(transport.requests.length).toBeLessThanOrEqual(2 * 10);
  expect(state('chains', 'dc2')).toBe('live');
  const said = [...heard.sources.keys()];
  sources.stop();
  await settled();
  expect(clock.pending).toBe(0);
  expect([...heard.sources.keys()]).toEqual(said);
});

test('what nobody sees is old, what may not be read is absent, and what is gone is forgotten', async () => {
  const { sources, state, pass, heard } = opened();
  sources.start();
  for (const dc of ['dc1', 'dc2']) sources.onDatacenter(dc, undefined, record(dc));
  sources.onService(sidecarStep('dc2'));
  await pass(1_000);
  expect([state('sidecars', 'dc2'), state('intentions', 'dc2')]).toEqual(['live', undefined]);
  sources.onDatacenter('dc2', record('dc2'), record('dc2', 'lost'));
  expect([state('sidecars', 'dc2'), heard.edges()]).toEqual(['old', ['dc2/front>dc2/cart']]);
  sources.onDatacenter('dc2', record('dc2', 'lost'), record('dc2', 'denied'));
  expect(state('sidecars', 'dc2')).toBe('absent');
  sources.onDatacenter('dc2', record('dc2'), undefined);
  sources.onService({ ...sidecarStep('dc2'), next: undefined });
  expect([sources.states().filter(({ dc }) => dc === 'dc2'), heard.edges()]).toEqual([[], []]);
  sources.stop();
});

test('entries and intentions are known once it is proven that all of them may be read, and without that it is said', async () => {
  const { sources, state, pass } = opened();
  sources.start();
  sources.onDatacenter('dc1', undefined, record('dc1'));
  await pass(5_000);
  expect(state('intentions', 'dc1')).toBe('starting');
  sources.complete('dc1', { subject: 'intention' });
  expect([state('intentions', 'dc1'), state('entries', 'dc1')]).toEqual(['live', 'starting']);
  await pass(20_000);
  const entries = sources.states().find(({ name }) => name === 'entries');
  expect(entries).toMatchObject({
    state: 'live',
    reason: expect.stringContaining('service_prefix "" { policy = "read" }'),
  });
  sources.stop();
});

test('what a token may read only in part says so', async () => {
  const { sources } = opened();
  sources.onDatacenter('dc1', undefined, record('dc1', 'live', true));
  expect(sources.states().find(({ name }) => name === 'sidecars')?.reason).toContain('only a part');
});
