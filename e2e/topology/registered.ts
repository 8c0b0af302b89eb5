import type { ConsulHttp } from '@/e2e/world/consul-http';

interface Proxy {
  /** `front-sidecar-proxy`. */
  readonly service: string;
  readonly id?: string;
  readonly kind?: 'connect-proxy' | 'mesh-gateway' | 'ingress-gateway' | 'terminating-gateway';
  readonly of?: string;
  readonly upstreams?: readonly (string | { readonly [field: string]: string })[];
}

/** Writes a sidecar or a gateway on a node that no agent owns. */
export async function putProxy(consul: ConsulHttp, proxy: Proxy): Promise<void> {
  const { service, id = service, kind = 'connect-proxy', of = '', upstreams = [] } = proxy;
  const Upstreams = upstreams.map((upstream, at) => ({
    LocalBindPort: 9_000 + at,
    ...(typeof upstream === 'string' ? { DestinationName: upstream } : upstream),
  }));
  await consul.put('/v1/catalog/register', {
    ...{ Node: 'node-of-proxies', Address: '10.1.1.2' },
    Service: {
      ...{ ID: id, Service: service, Kind: kind, Port: 20_000 },
      ...(kind === 'connect-proxy' && { Proxy: { DestinationServiceName: of, Upstreams } }),
    },
  });
}

/** Writes services without anything about them. */
export async function putServices(consul: ConsulHttp, ...names: string[]): Promise<void> {
  for (const name of names) {
    const Service = { ID: name, Service: name, Port: 80 };
    await consul.put('/v1/catalog/register', { Node: 'node-of-services', Address: '10.1.1.1', Service });
  }
}

export const putEntry = (consul: ConsulHttp, entry: Readonly<Record<string, unknown>>): Promise<unknown> =>
  consul.put('/v1/config', entry);

export const putIntention = (consul: ConsulHttp, SourceName: string, DestinationName: string, Action: string) =>
  consul.post('/v1/connect/intentions', { SourceName, DestinationName, SourceType: 'consul', Action });
