import { shopCatalog } from '@/e2e/world/shop-catalog';
import type { World } from '@/e2e/world/world';
import { servedIn, standInsOf } from './demo-topology';
import { type ServiceCall, ServiceCalls } from './service-calls';

/** Requests a second of a pair, by who calls: some fifty in all, gentle enough for a laptop. */
const RATES: Readonly<Record<string, number>> = { front: 2, api: 1.5 };
const RATE = 0.7;
/** Nobody declares this one. */
const UNDECLARED: readonly (readonly [client: string, server: string])[] = [['search', 'recommendations']];
/** Declared, and nobody calls. */
const SILENT = 'mail';

/** Real requests between the shop's services, counted as OpenTelemetry's service graph counts them. Resolves with the port where Prometheus reads them. */
export async function startDemoCalls(world: World): Promise<number> {
  const port = await world.takePort();
  const datacenters = world.datacenters.map(({ name }) => name);
  const calls = new ServiceCalls({
    port,
    calls: datacenters.flatMap((datacenter) => callsIn(datacenter, datacenters)),
    consulOf: (datacenter) => world.consul(datacenter).address,
  });
  world.accompany(() => calls.stop());
  await calls.start();
  return port;
}

function callsIn(datacenter: string, datacenters: readonly string[]): ServiceCall[] {
  const declared = shopCatalog
    .filter(({ name }) => name !== SILENT)
    .flatMap(({ name, upstreams, declares = [] }) =>
      [...(upstreams ?? []), ...declares].map((server) => [name, server] as const),
    );
  return [...declared, ...UNDECLARED].flatMap(([client, named]) => {
    const [server = named, place] = named.split('@');
    const called = shopCatalog.find(({ name }) => name === server);
    if (!called || (place !== undefined && !datacenters.includes(place))) return [];
    const placed = standInsOf(server, datacenters);
    const served = place === undefined ? servedIn(server, datacenter, datacenters) : [place];
    // Of a service that nobody could serve there is nothing to call.
    if (!served.some((one) => placed.includes(one))) return [];
    return {
      ...{ datacenter, client, server, served, ratePerSecond: RATES[client] ?? RATE, isTcp: called.protocol === 'tcp' },
      connectionType: called.protocol === 'http' ? '' : called.name === 'queue' ? 'messaging_system' : 'database',
    };
  });
}
