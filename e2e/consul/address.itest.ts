import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '@/e2e/world/until';
import type { ConsulTlsOptions } from '@/server/consul/address';
import { ConsulClient } from '@/server/consul/consul-client';
import { decodeLeader } from '@/server/consul/decode/leader';
import { http1Transport } from '@/server/consul/http1-transport';
import { http2Transport } from '@/server/consul/http2-transport';
import { read } from '@/server/consul/read';
import type { ConsulTransport } from '@/server/consul/transport';
import { recordWatch } from './recorded-watch';
import { type SecureAgent, startSecureAgent } from './secure-agent';

const TRANSPORTS = [
  ['HTTP/1.1', http1Transport],
  ['HTTP/2', http2Transport],
] as const;

describe('the ways to a real agent', () => {
  let agent: SecureAgent;
  const transports: ConsulTransport[] = [];

  beforeAll(async () => {
    agent = await startSecureAgent(6);
  });
  afterEach(async () => {
    for (const transport of transports.splice(0)) await transport.close();
  });
  afterAll(async () => {
    await agent?.stop();
  });

  function connect(
    address: string,
    tls?: ConsulTlsOptions,
    { make = http1Transport, maxConnections = 4 }: { make?: typeof http1Transport; maxConnections?: number } = {},
  ): ConsulTransport {
    const transport = make({ address, maxConnections, ...(tls && { tls }) });
    transports.push(transport);
    return transport;
  }

  const leader = (transport: ConsulTransport) =>
    read(transport, { path: '/v1/status/leader', decode: decodeLeader, timeoutMs: 5_000 });

  const tls = (more: Partial<ConsulTlsOptions> = {}): ConsulTlsOptions => ({
    verify: true,
    caFile: agent.files.ca,
    caPath: null,
    certFile: agent.files.cert,
    keyFile: agent.files.key,
    serverName: null,
    ...more,
  });

  it('by a Unix socket', async () => {
    expect((await leader(connect(agent.socket))).value).toMatch(/^127\.0\.0\.1:\d+$/);
    const client = new ConsulClient({ address: agent.socket });
    expect(await client.datacenters()).toEqual(['dc1']);
    client.close();
  });

  it.each(TRANSPORTS)('by HTTPS over %s with certificates on both sides', async (version, make) => {
    const transport = connect(agent.https, tls(), { make });
    await leader(transport);
    await leader(transport);
    expect(transport.stats).toMatchObject({ openConnections: 1, protocol: version === 'HTTP/2' ? 'h2' : 'http/1.1' });
    const client = new ConsulClient({ address: agent.https, tls: tls() });
    expect(await client.datacenters()).toEqual(['dc1']);
    client.close();
  });

  it.each(TRANSPORTS)('by HTTPS over %s under the name that the certificate must carry', async (_version, make) => {
    expect(
      (await leader(connect(agent.https, tls({ serverName: 'server.dc1.consul' }), { make }))).value,
    ).not.toBeNull();
    await expect(
      leader(connect(agent.https, tls({ serverName: 'server.dc2.consul' }), { make })),
    ).rejects.toMatchObject({
      kind: 'tls',
      message: expect.stringContaining('CONSUL_TLS_SERVER_NAME'),
    });
  });

  it.each(TRANSPORTS)(
    'not over %s with an authority that did not sign it, unless told not to verify',
    async (_version, make) => {
      const strange = tls({ caFile: agent.files.strangeCa });
      await expect(leader(connect(agent.https, strange, { make }))).rejects.toMatchObject({
        kind: 'tls',
        message: expect.stringContaining('CONSUL_CACERT'),
      });
      expect((await leader(connect(agent.https, { ...strange, verify: false }, { make }))).value).not.toBeNull();
    },
  );

  it.each(TRANSPORTS)('not over %s without the certificate that the agent asks for', async (_version, make) => {
    const nobody = tls({ certFile: null, keyFile: null });
    await expect(leader(connect(agent.https, nobody, { make }))).rejects.toMatchObject({ kind: 'tls' });
  });

  it('not by HTTP to the port of HTTPS', async () => {
    const address = agent.https.replace('https:', 'http:');
    await expect(leader(connect(address))).rejects.toMatchObject({ kind: 'status', status: 400 });
  });

  it('not by more connections than it allows: the watches beyond fail, back off and find their turn', async () => {
    const transport = connect(agent.http, undefined, { maxConnections: 16 });
    const watches = Array.from({ length: agent.connectionLimit + 2 }, (_, at) =>
      recordWatch(transport, `s${at}`, { waitMs: 2_000 }),
    );
    await until('the two beyond the limit to be refused', () => transport.stats.errors.reset >= 2);
    await until('the others to be live', () => live() === agent.connectionLimit);
    // Consul notices that a waiting client has left only when the wait ends: until then its place is taken.
    for (const { watch } of watches.filter(({ watch }) => watch.state === 'live').slice(0, 2)) watch.stop();
    await until('the two to take the places that are free', () => live() === agent.connectionLimit + 2);
    for (const { watch } of watches) watch.stop();
    expect(
      watches.flatMap(({ errors }) => errors).every((error) => error.message.includes('http_max_conns_per_client')),
    ).toBe(true);

    function live() {
      return watches.filter(({ watch }) => watch.state === 'live').length;
    }
  });
});
