import { shopCatalog } from '@/e2e/world/shop-catalog';
import type { World } from '@/e2e/world/world';

/** Divided between its versions by the mesh; the weather leaves it alone, so that both stay. */
export const SPLIT_SERVICE = 'recommendations';
/** Others stand in for it, in the order of datacenters. */
const FAILED_OVER = ['users', 'fraud-check', 'inventory'];
/** In the first datacenter alone, whoever asks for it. */
const REDIRECTED = 'ledger';
const DOCUMENT_KEY = 'lictor/topology';

/** Writes who stands in for whom, what is divided, and what somebody knows beside the mesh. */
export async function writeDemoTopology(world: World): Promise<void> {
  const names = world.datacenters.map(({ name }) => name);
  const [home = ''] = names;
  const consul = world.consul(home);
  const put = (entry: Record<string, unknown>) => consul.put('/v1/config', entry);
  for (const name of FAILED_OVER) {
    // A datacenter among them that is the caller's own is passed over.
    if (names.length > 1) {
      await put({ Kind: 'service-resolver', Name: name, Failover: { '*': { Datacenters: standInsOf(name, names) } } });
    }
  }
  await put({ Kind: 'service-resolver', Name: REDIRECTED, Redirect: { Datacenter: home } });
  // Only HTTP is divided.
  await put({ Kind: 'service-defaults', Name: SPLIT_SERVICE, Protocol: 'http' });
  const [older = '', newer = ''] = shopCatalog.find(({ name }) => name === SPLIT_SERVICE)?.versions ?? [];
  const subset = (version: string) => ({ Filter: `Service.Meta.version == "${version}"` });
  await put({
    ...{ Kind: 'service-resolver', Name: SPLIT_SERVICE, DefaultSubset: 'v1' },
    Subsets: { v1: subset(older), v2: subset(newer) },
  });
  const splits = [
    { Weight: 80, ServiceSubset: 'v1' },
    { Weight: 20, ServiceSubset: 'v2' },
  ];
  await put({ Kind: 'service-splitter', Name: SPLIT_SERVICE, Splits: splits });
  for (const name of names) await world.consul(name).put(`/v1/kv/${DOCUMENT_KEY}`, documentOf(name === home));
}

/** The datacenters that have instances of a service. */
export function standInsOf(name: string, datacenters: readonly string[]): string[] {
  const counts = shopCatalog.find((service) => service.name === name)?.instances ?? [];
  return datacenters.filter((_, position) => (counts[position % counts.length] ?? 0) > 0);
}

/** Where a caller in a datacenter is served, the nearest first. */
export function servedIn(server: string, datacenter: string, datacenters: readonly string[]): string[] {
  const [home = datacenter] = datacenters;
  if (server === REDIRECTED) return [home];
  if (!FAILED_OVER.includes(server)) return [datacenter];
  return [datacenter, ...standInsOf(server, datacenters).filter((one) => one !== datacenter)];
}

function documentOf(isHome: boolean): Record<string, unknown> {
  const detail = 'Labels are bought from a carrier outside of Consul.';
  return {
    edges: isHome ? [{ from: 'shipping', to: 'carrier', detail }] : [],
    nodes: [
      { service: 'database', kind: 'database' },
      { service: 'cache', kind: 'database' },
      { service: 'queue', kind: 'queue' },
    ],
  };
}
