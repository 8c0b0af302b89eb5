import type { ConsulHttp } from './consul-http';
import { deniedPairs, shopCatalog } from './shop-catalog';

/** Writes who may talk to whom, at a datacenter's server; in a federation the primary's are replicated to all. */
export async function writeIntentions(consul: ConsulHttp): Promise<void> {
  const allowed = shopCatalog.flatMap(({ name, upstreams }) =>
    (upstreams ?? []).map((destination): [string, string] => [name, destination]),
  );
  const wanted = [
    ...allowed.map((pair) => ({ pair, Action: 'allow' })),
    ...deniedPairs.map((pair) => ({ pair, Action: 'deny' })),
  ];
  await Promise.all(
    wanted.map(({ pair: [SourceName, DestinationName], Action }) =>
      consul.post('/v1/connect/intentions', { SourceName, DestinationName, SourceType: 'consul', Action }),
    ),
  );
}
