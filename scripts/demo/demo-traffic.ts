import { optedInAgents } from '@/e2e/world/opted-in-agents';
import { shopCatalog } from '@/e2e/world/shop-catalog';
import { startTraffic, type Traffic } from '@/e2e/world/traffic/traffic';
import type { World } from '@/e2e/world/world';

/** The service whose traffic the demo invites to move; the weather leaves it alone. */
export const MOVED_SERVICE = 'payment';
/** Requests a second, gentle enough for a laptop. */
const RATES: Readonly<Record<string, number>> = { [MOVED_SERVICE]: 30, front: 20 };
const MOST_IN_FLIGHT = 16;
const LOAD_ENDS_AFTER_MS = 24 * 3_600_000;
const DATACENTER = 'dc1';

export interface DemoTraffic {
  /** What Lictor has to be told of it. */
  readonly environment: Record<string, string>;
  /** Where what of it is, a sentence each. */
  readonly sentences: string[];
}

/** Real requests through HAProxy to the first datacenter's shop, counted by Prometheus. It ends with the world. */
export async function startDemoTraffic(world: World): Promise<DemoTraffic> {
  if (world.tokens !== null) return withoutTraffic();
  const traffic = await startTraffic(world, { datacenter: DATACENTER, services: Object.keys(RATES) });
  for (const [service, ratePerSecond] of Object.entries(RATES)) {
    traffic.load(service, { ratePerSecond, mostInFlight: MOST_IN_FLIGHT, durationMs: LOAD_ENDS_AFTER_MS });
  }
  await speakHttp(world);
  return {
    environment: { LICTOR_PROMETHEUS_URL: traffic.prometheus.address, LICTOR_CONFIG: await optedInAgents(world) },
    sentences: sentencesOf(traffic),
  };
}

function withoutTraffic(): DemoTraffic {
  return {
    environment: {},
    sentences: [
      'No traffic is sent: with ACLs Consul answers DNS nothing, and this Lictor may only read. Start without --acl to move some.',
    ],
  };
}

/** A mesh divides only what it can read: without this every service counts as bare TCP. */
async function speakHttp(world: World): Promise<void> {
  const spoken = shopCatalog.filter(({ protocol }) => protocol === 'http');
  for (const { name } of spoken) {
    await world.consul(DATACENTER).put('/v1/config', { Kind: 'service-defaults', Name: name, Protocol: 'http' });
  }
}

function sentencesOf(traffic: Traffic): string[] {
  const fronts = Object.entries(RATES).map(
    ([service, rate]) =>
      `HAProxy before ${service} of ${DATACENTER}: http://127.0.0.1:${traffic.portOf(service)}, ${rate} requests a second`,
  );
  return [...fronts, `Prometheus, which counts them: ${traffic.prometheus.address}`];
}
