import { startWorld, type WorldOptions } from '@/e2e/world/start-world';
import type { World } from '@/e2e/world/world';
import type { ConsulAt } from './bare-read';

/** 50,000 instances, 100 to a node: on 500 nodes, in the catalog alone, all passing. */
const LARGE = { services: 1_000, instancesPerService: 50 };

export const LARGE_DC = 'dc1';

/** One bare server that holds all of it. It takes about 20 s to fill. */
export function startLargeWorld(maxConnectionsPerClient: number, more: WorldOptions = {}): Promise<World> {
  const { services, instancesPerService } = LARGE;
  return startWorld({
    datacenters: 1,
    clientsPerDatacenter: 0,
    shop: false,
    tls: true,
    ...{ services, instancesPerService, maxConnectionsPerClient },
    progress: (sentence) => console.log(sentence),
    ...more,
  });
}

export function consulAt(world: World): ConsulAt {
  const [datacenter] = world.datacenters;
  if (!datacenter?.serverHttps || !world.tls) throw new Error('The world has no TLS.');
  return { http: datacenter.serverHttp, https: datacenter.serverHttps, ca: world.tls.ca };
}
