import type http from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { ConsulError } from './consul-error';
import { datacenterTransport } from './datacenter-transport';
import { http1Transport } from './http1-transport';
import { TenancyGate } from './tenancy-gate';
import type { Tenancy } from './tenancy-query';
import { ManualClock } from './testing/manual-clock';
import { answerJson, type ScriptedServer, scriptedServer } from './testing/scripted-server';
import type { ConsulTransport } from './transport';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** How an agent answers what tells its edition; null: 404, as before the endpoint was there; 'denied': 403. */
interface ScriptedConsul {
  version: string | null;
  self: string | 'denied';
  takesNamespace: boolean;
}

function script(consul: ScriptedConsul, { url = '' }: http.IncomingMessage, response: http.ServerResponse): void {
  const path = url.split('?', 1)[0];
  if (path === '/v1/agent/version') {
    if (consul.version === null) response.writeHead(404).end();
    else answerJson(response, { SHA: '', BuildDate: '', HumanVersion: consul.version, FIPS: '' });
  } else if (path === '/v1/agent/self') {
    if (consul.self === 'denied') response.writeHead(403).end('Permission denied');
    else answerJson(response, { Config: { Version: consul.self, Datacenter: 'dc1' } });
  } else if (/[?&]ns=/.test(url) && !consul.takesNamespace) {
    response.writeHead(400, { 'Content-Type': 'text/plain' });
    response.end('Bad request: Invalid query parameter: "ns" - Namespaces are a Consul Enterprise feature');
  } else answerJson(response, []);
}

interface Stage {
  readonly transport: ConsulTransport;
  readonly server: ScriptedServer;
  readonly clock: ManualClock;
  /** Changes what stands at the address. */
  readonly consul: ScriptedConsul;
}

async function stage(consul: ScriptedConsul, tenancy: Tenancy): Promise<Stage> {
  const server = await scriptedServer((request, response) => script(consul, request, response));
  const inner = http1Transport({ address: server.address, maxConnections: 20 });
  closing.push(server.close, () => inner.close());
  const clock = new ManualClock();
  const gate = new TenancyGate(inner, server.address, tenancy, clock);
  return { transport: datacenterTransport(inner, { token: () => null, tenancy: gate }), server, clock, consul };
}

const TEAM = { namespace: 'team', partition: null };
const EAST = { namespace: null, partition: 'east' };
const BOTH = { namespace: 'team', partition: 'east' };
const services = (transport: ConsulTransport) => transport.request({ path: '/v1/catalog/services', timeoutMs: 5_000 });
const asked = ({ server }: Stage, path: string) => server.requests.filter(({ url }) => url?.startsWith(path));

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ConsulError) || error.kind !== 'tenancy') throw new Error(`Not refused: ${String(error)}`);
  expect(error.denied).toBe(true);
  return error.message;
}

test.each<[string, ScriptedConsul, Tenancy, string]>([
  [
    'Enterprise 1.17, which tells its version to anyone',
    { version: '1.17.0+ent', self: 'denied', takesNamespace: true },
    BOTH,
    '/v1/catalog/services?ns=team&partition=east',
  ],
  [
    'Enterprise 1.12, by the agent',
    { version: null, self: '1.12.3+ent', takesNamespace: true },
    EAST,
    '/v1/catalog/services?partition=east',
  ],
  [
    'Enterprise 1.10 whose version may not be read, by what a namespace is answered',
    { version: null, self: 'denied', takesNamespace: true },
    TEAM,
    '/v1/catalog/services?ns=team',
  ],
  [
    'Enterprise that does not call itself so',
    { version: null, self: '1.11.4', takesNamespace: true },
    BOTH,
    '/v1/catalog/services?ns=team&partition=east',
  ],
])('%s is asked for what is set', async (_, consul, tenancy, url) => {
  const on = await stage(consul, tenancy);
  await services(on.transport);
  expect(on.server.requests.at(-1)?.url).toBe(url);
});

test.each<[string, ScriptedConsul, Tenancy, RegExp]>([
  [
    'the community edition, which says 400 to a namespace',
    { version: '1.21.3', self: '1.21.3', takesNamespace: false },
    TEAM,
    /CONSUL_NAMESPACE cannot .*Consul 1\.21\.3 .*no Enterprise/,
  ],
  [
    'the community edition 1.8, which would pass over a partition',
    { version: null, self: '1.8.7', takesNamespace: false },
    EAST,
    /CONSUL_PARTITION cannot .*Consul 1\.8\.7 .*no Enterprise/,
  ],
  [
    'the community edition whose version may not be read',
    { version: null, self: 'denied', takesNamespace: false },
    BOTH,
    /CONSUL_NAMESPACE and CONSUL_PARTITION cannot .*Consul at .*no Enterprise/,
  ],
  [
    'Consul before namespaces, which passes over them',
    { version: null, self: '1.6.10', takesNamespace: true },
    TEAM,
    /no Enterprise/,
  ],
  [
    'Enterprise before partitions, which passes over them',
    { version: null, self: '1.10.3+ent', takesNamespace: true },
    BOTH,
    /CONSUL_PARTITION .*1\.11/,
  ],
  [
    'Enterprise of a version that may not be read, with a partition',
    { version: null, self: 'denied', takesNamespace: true },
    EAST,
    /CONSUL_PARTITION .*agent_prefix/,
  ],
])('%s is asked for nothing, and a sentence says why', async (_, consul, tenancy, sentence) => {
  const on = await stage(consul, tenancy);
  const said = await refusal(services(on.transport));
  expect(said).toMatch(sentence);
  expect(said).toMatch(/^[^\n]+\.$/);
  expect(asked(on, '/v1/catalog')).toEqual([]);
});

test('what has no place for a namespace goes out at once, and its edition is not asked for', async () => {
  const on = await stage({ version: null, self: '1.8.7', takesNamespace: false }, TEAM);
  await on.transport.request({ path: '/v1/status/leader', query: { dc: 'dc1' }, timeoutMs: 5_000 });
  expect(on.server.requests.map(({ url }) => url)).toEqual(['/v1/status/leader?dc=dc1']);
});

test('many requests ask for the edition once', async () => {
  const on = await stage({ version: '1.17.0+ent', self: 'denied', takesNamespace: true }, TEAM);
  await Promise.all(Array.from({ length: 12 }, () => services(on.transport)));
  expect(asked(on, '/v1/agent/version')).toHaveLength(1);
});

test('an Enterprise edition in the place of a refused one is found', async () => {
  const on = await stage({ version: null, self: '1.8.7', takesNamespace: false }, TEAM);
  await refusal(services(on.transport));
  Object.assign(on.consul, { version: '1.17.0+ent', takesNamespace: true });
  // Not with each request: a refused watch is not to cost more than an allowed one.
  await refusal(services(on.transport));
  await on.clock.advance(10_000);
  expect((await services(on.transport)).status).toBe(200);
});

test('a community edition in the place of an Enterprise one is found by its first 400', async () => {
  const on = await stage({ version: '1.17.0+ent', self: 'denied', takesNamespace: true }, TEAM);
  await services(on.transport);
  Object.assign(on.consul, { version: null, self: '1.8.7', takesNamespace: false });
  expect((await services(on.transport)).status).toBe(400);
  expect(await refusal(services(on.transport))).toMatch(/no Enterprise/);
});

test('while Consul does not answer nothing is concluded', async () => {
  const on = await stage({ version: '1.17.0+ent', self: 'denied', takesNamespace: true }, TEAM);
  await on.server.close();
  await expect(services(on.transport)).rejects.toMatchObject({ kind: 'connect' });
});

test("a datacenter's token goes out in place of the address's", async () => {
  const server = await scriptedServer((_request, response) => answerJson(response, []));
  const inner = http1Transport({ address: server.address, maxConnections: 4, token: () => 'of-the-address' });
  closing.push(server.close, () => inner.close());
  const withToken = (token: string | null) => datacenterTransport(inner, { token: () => token, tenancy: null });
  for (const transport of [inner, withToken('of-dc2'), withToken(null)]) await services(transport);
  expect(server.requests.map(({ headers }) => headers['x-consul-token'])).toEqual([
    'of-the-address',
    'of-dc2',
    undefined,
  ]);
});
