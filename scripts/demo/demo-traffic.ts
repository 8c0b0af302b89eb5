import { type Gateway, startGateway } from '@/e2e/world/gateway/gateway-process';
import { optedInAgents } from '@/e2e/world/opted-in-agents';
import { shopCatalog } from '@/e2e/world/shop-catalog';
import { Load } from '@/e2e/world/traffic/load';
import { startTraffic, type Traffic } from '@/e2e/world/traffic/traffic';
import type { World } from '@/e2e/world/world';
import { startDemoCalls } from './demo-calls';
import { registerDemoEntrances } from './demo-entrances';

/** The service whose traffic the demo invites to move; the weather leaves it alone. */
export const MOVED_SERVICE = 'payment';
/** Requests a second through HAProxy, and through the gateway: gentle enough for a laptop. */
const RATES: Readonly<Record<string, number>> = { [MOVED_SERVICE]: 30, front: 10 };
const GATEWAY_RATE = 15;
const LOAD = { mostInFlight: 16, durationMs: 24 * 3_600_000 };
const DATACENTER = 'dc1';

/** The gateway's own count, for Lictor to see what a policy document does. */
const GATEWAY_COUNTER = 'gateway_requests_total{service="{service}",datacenter=~"|{dcRegex}"}';
const GATEWAY_QUERY = {
  name: 'Gateway',
  mechanism: 'policy',
  query: `sum by (version) (increase(${GATEWAY_COUNTER}[{windowSeconds}s]))`,
  versionLabel: 'version',
  newest: `max(timestamp(${GATEWAY_COUNTER}))`,
};
/** The same count, for Lictor to see who is called; each of the jobs that Prometheus knows is the service of that name. */
const GATEWAY_EDGES = {
  name: 'Gateway',
  rate: 'sum by (job, service, datacenter) (rate(gateway_requests_total[{windowSeconds}s]))',
  errors: 'sum by (job, service, datacenter) (rate(gateway_requests_total{code=~"5.."}[{windowSeconds}s]))',
  ...{ fromLabel: 'job', toLabel: 'service' },
};
/** Prometheus reads each second. */
const TOPOLOGY = { observed: { windowSeconds: 10, queries: [GATEWAY_EDGES] } };

export interface DemoTraffic {
  /** What Lictor has to be told of it. */
  readonly environment: Record<string, string>;
  /** Where what of it is, a sentence each. */
  readonly sentences: string[];
}

/** Real requests to the first datacenter's shop through HAProxy and through a gateway, counted by Prometheus. It ends with the world. */
export async function startDemoTraffic(world: World): Promise<DemoTraffic> {
  if (world.tokens !== null) return withoutTraffic();
  await speakHttp(world);
  const { address: consul } = world.consul(DATACENTER);
  const calls = await startDemoCalls(world);
  const port = await world.takePort();
  const gateway = await startGateway({ consul, service: MOVED_SERVICE, dc: DATACENTER, port });
  world.accompany(() => gateway.close());
  const traffic = await startTraffic(world, {
    datacenter: DATACENTER,
    services: Object.keys(RATES),
    targets: [
      { job: 'gateway', port, labels: { datacenter: DATACENTER } },
      { job: 'service-graph', port: calls, labels: {} },
    ],
  });
  await registerDemoEntrances(world, DATACENTER, [
    { name: 'haproxy', port: traffic.exporterPort, before: Object.keys(RATES) },
    { name: 'gateway', port, before: [MOVED_SERVICE] },
  ]);
  for (const [service, ratePerSecond] of Object.entries(RATES)) traffic.load(service, { ...LOAD, ratePerSecond });
  const load = new Load({ ...LOAD, port, ratePerSecond: GATEWAY_RATE });
  world.accompany(() => load.stop());
  return {
    environment: {
      LICTOR_PROMETHEUS_URL: traffic.prometheus.address,
      LICTOR_CONFIG: await optedInAgents(world, { queries: [GATEWAY_QUERY] }, { topology: TOPOLOGY }),
    },
    sentences: sentencesOf(traffic, gateway),
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

function sentencesOf(traffic: Traffic, gateway: Gateway): string[] {
  const each = (rate: number) => `${rate} requests a second`;
  const fronts = Object.entries(RATES).map(
    ([service, rate]) =>
      `HAProxy before ${service} of ${DATACENTER}, which follows weights: http://127.0.0.1:${traffic.portOf(service)}, ${each(rate)}`,
  );
  return [
    ...fronts,
    `A gateway before ${MOVED_SERVICE} of ${DATACENTER}, which follows its policy: ${gateway.address}, ${each(GATEWAY_RATE)}`,
    `Prometheus, which counts them: ${traffic.prometheus.address}`,
  ];
}
