import { copyFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TlsFiles } from '@/e2e/world/agent';
import { startWorld } from '@/e2e/world/start-world';
import { makeCertificates } from '@/e2e/world/tls';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import type { ConsulTlsOptions } from '@/server/consul/address';
import { ConsulError } from '@/server/consul/consul-error';
import { http1Transport } from '@/server/consul/http1-transport';
import { http2Transport } from '@/server/consul/http2-transport';
import type { ConsulTransport } from '@/server/consul/transport';
import { signCertificate } from './signed-certificate';

describe.each([
  ['HTTP/1.1', http1Transport],
  ['HTTP/2', http2Transport],
] as const)('certificates over %s on a real Consul', (_version, make) => {
  let world: World;
  let folder: string;
  let strange: TlsFiles;
  const transports: ConsulTransport[] = [];

  beforeAll(async () => {
    world = await startWorld({ datacenters: 1, clientsPerDatacenter: 0, shop: false, tls: true });
    folder = `${world.folder}/tls`;
    strange = await makeCertificates(`${world.folder}/strange`, ['dc1']);
  });
  afterEach(async () => {
    for (const transport of transports.splice(0)) await transport.close();
  });
  afterAll(() => world?.stop());

  function connect(caFile: string): ConsulTransport {
    const tls: ConsulTlsOptions = {
      ...{ verify: true, caFile, caPath: null, certFile: null, keyFile: null },
      serverName: null,
    };
    const address = world.datacenters[0]?.serverHttps ?? '';
    const transport = make({ address, tls, maxConnections: 4 });
    transports.push(transport);
    return transport;
  }

  const ca = () => `${folder}/ca.pem`;
  const ask = (transport: ConsulTransport) => transport.request({ path: '/v1/status/leader', timeoutMs: 5_000 });
  /** Signs the server's certificate anew, and makes Consul use it for new connections. */
  async function replace(wrong: Omit<Parameters<typeof signCertificate>[0], 'folder'>): Promise<void> {
    await signCertificate({ folder, ...wrong });
    await world.consul('dc1').put('/v1/agent/reload');
  }
  const untilAnswered = async (caFile: string, fits: (error: ConsulError | null) => boolean) => {
    let last: ConsulError | null = null;
    await until('the new certificate to be served', async () => {
      const transport = connect(caFile);
      last = await ask(transport).then(
        () => null,
        (error: unknown) => {
          if (error instanceof ConsulError) return error;
          throw error;
        },
      );
      return fits(last);
    });
  };

  it('an expired one, one of another name and one of an unknown authority each have their sentence; a standing connection stays', async () => {
    const standing = connect(ca());
    await ask(standing);
    await replace({ days: -1 });
    await untilAnswered(ca(), (error) => error?.kind === 'tls' && error.message.includes('has expired; renew it'));
    await replace({ names: ['IP:127.0.0.9', 'DNS:elsewhere'] });
    await untilAnswered(ca(), (error) => error?.kind === 'tls' && error.message.includes('CONSUL_TLS_SERVER_NAME'));
    await replace({});
    await untilAnswered(strange.ca, (error) => error?.kind === 'tls' && error.message.includes('CONSUL_CACERT'));
    await untilAnswered(ca(), (error) => error === null);
    await ask(standing);
    expect(standing.stats.errors.reset + standing.stats.errors.connect).toBe(0);
  });

  it('authorities are read again when their file changes', async () => {
    const used = `${folder}/used-ca.pem`;
    await copyFile(strange.ca, used);
    const transport = connect(used);
    await expect(ask(transport)).rejects.toMatchObject({ kind: 'tls' });
    await copyFile(ca(), used);
    await until('the new authority to be trusted', async () => (await ask(transport)).status === 200);
  });
});
