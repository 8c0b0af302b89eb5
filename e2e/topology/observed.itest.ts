import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataFolder } from '@/e2e/harness/data-folder';
import type { LictorUnderTest } from '@/e2e/harness/lictor-for';
import { Stage } from '@/e2e/harness/stage';
import { Supervisor } from '@/e2e/world/supervised';
import { Prometheus } from '@/e2e/world/traffic/prometheus';
import { until } from '@/e2e/world/until';
import type { TopologyBody, TopologyEdge } from '@/lib/topology/topology-body';
import { putProxy, putServices } from './registered';
import { ScriptedSeries } from './scripted-series';

const LONG_MS = 60_000;
const FOLLOW = { deadlineMs: 30_000, everyMs: 200 };

const stage = new Stage();
let series: ScriptedSeries;
let prometheus: Prometheus;
let lictor: LictorUnderTest;

beforeAll(async () => {
  const world = await stage.bareWorld(2);
  const [dc1, dc2] = [world.consul('dc1'), world.consul('dc2')];
  await putServices(dc1, 'front', 'cart', 'users', 'edge');
  await putServices(dc2, 'front', 'cart', 'ledger');
  await putProxy(dc1, { service: 'front-sidecar-proxy', of: 'front', upstreams: ['cart', 'users'] });
  series = await ScriptedSeries.open();
  stage.atEnd(() => series.close());
  const supervisor = new Supervisor();
  stage.atEnd(() => supervisor.end());
  prometheus = new Prometheus(supervisor, await world.takePort());
  await prometheus.start([{ job: 'edge', port: series.port, labels: {} }]);
  const folder = dataFolder();
  stage.atEnd(() => folder.remove());
  const file = join(folder.path, 'lictor.json');
  const own = { name: 'Ours', rate: 'sum by (src,dst,dc) (rate(own_calls_total[{windowSeconds}s]))' };
  const queries = [{ ...own, fromLabel: 'src', toLabel: 'dst', fromDatacenterLabel: 'dc', toDatacenterLabel: 'dc' }];
  writeFileSync(file, JSON.stringify({ topology: { observed: { windowSeconds: 5, everySeconds: 1, queries } } }));
  lictor = await stage.lictor(world.consul('dc1').address, {
    LICTOR_PROMETHEUS_URL: `http://sre:not-to-be-shown@${new URL(prometheus.address).host}`,
    LICTOR_CONFIG: file,
  });
  await lictor.synced();
});

afterAll(() => stage.clear());

async function topology(): Promise<TopologyBody> {
  const body = await lictor.get<TopologyBody>('/api/v1/topology');
  if (!body) throw new Error('There is no topology.');
  return body;
}

function edge(key: string, isSo: (edge: TopologyEdge) => boolean): Promise<TopologyEdge> {
  return until(
    `${key} to be so`,
    async () => {
      const body = await topology();
      const found = body.edges.find((one) => one.key === key);
      if (!found || !isSo(found))
        throw new Error(JSON.stringify(found ?? body.sources.filter(({ dc }) => dc === null)));
      return found;
    },
    FOLLOW,
  );
}

const near = (value: number | null, wanted: number): boolean => value !== null && Math.abs(value - wanted) < wanted / 5;

test(
  'a service graph shows how much goes over an edge, what fails and how long it takes, beside what is declared',
  async () => {
    const ends = 'client="front",server="cart",client_datacenter="dc1",server_datacenter="dc1"';
    series.grow(`traces_service_graph_request_total{${ends}}`, 20);
    series.grow(`traces_service_graph_request_failed_total{${ends}}`, 2);
    for (const [le, rate] of [
      ['0.05', 10],
      ['0.1', 20],
      ['+Inf', 20],
    ] as const)
      series.grow(`traces_service_graph_request_server_seconds_bucket{${ends},le="${le}"}`, rate);
    const cart = await edge(
      'dc1/front>dc1/cart',
      ({ ratePerSecond, p95Ms }) => near(ratePerSecond, 20) && near(p95Ms, 95),
    );
    expect(cart.kinds).toEqual(['upstream', 'observed']);
    expect(cart.errorRatio).toBeCloseTo(0.1, 1);
    expect(cart).toMatchObject({ mark: null, isObservedOld: false });
    expect(cart.sources.map(({ source }) => source)).toContain('Prometheus: OpenTelemetry');
    expect(JSON.stringify(await topology())).not.toContain('not-to-be-shown');
  },
  LONG_MS,
);

test(
  'what is observed and nowhere declared is marked, and so is what is declared where traffic is counted and none is seen',
  async () => {
    series.grow('traces_service_graph_request_total{client="cart",server="ledger"}', 5);
    series.grow('traces_service_graph_request_total{client="cart",server="users",client_datacenter="dc1"}', 5);
    // A name in one datacenter only needs no label, and where it is called from follows.
    expect(await edge('dc2/cart>dc2/ledger', () => true)).toMatchObject({ kinds: ['observed'], mark: 'undeclared' });
    await edge('dc1/cart>dc1/users', ({ mark }) => mark === 'undeclared');
    await edge('dc1/front>dc1/users', ({ mark }) => mark === 'unseen');
  },
  LONG_MS,
);

test(
  "Istio's counters, Envoy's, those of HAProxy where its job is a service, and a query of the configuration, each by its own labels",
  async () => {
    const istio = 'reporter="source",source_canonical_service="users",destination_service_name="cart"';
    series.grow(`istio_requests_total{${istio},source_cluster="dc1",destination_cluster="dc2",response_code="200"}`, 6);
    series.grow(`istio_requests_total{${istio},source_cluster="dc1",destination_cluster="dc2",response_code="503"}`, 2);
    const envoy = 'consul_source_service="users",consul_source_datacenter="dc1",consul_destination_datacenter="dc2"';
    series.grow(`envoy_cluster_upstream_rq_total{${envoy},consul_destination_service="ledger"}`, 4);
    for (const proxy of ['cart', 'stats'])
      series.grow(`haproxy_server_http_responses_total{proxy="${proxy}",code="2xx",datacenter="dc1"}`, 3);
    series.grow('own_calls_total{src="ledger",dst="mainframe",dc="dc2"}', 7);
    const mesh = await edge('dc1/users>dc2/cart', ({ ratePerSecond }) => near(ratePerSecond, 8));
    expect(mesh.errorRatio).toBeCloseTo(0.25, 1);
    await edge('dc1/users>dc2/ledger', ({ ratePerSecond }) => near(ratePerSecond, 4));
    await edge('dc1/edge>dc1/cart', ({ ratePerSecond }) => near(ratePerSecond, 3));
    await edge('dc2/ledger>dc2/mainframe', ({ ratePerSecond }) => near(ratePerSecond, 7));
    const { nodes, sources } = await topology();
    expect(nodes.filter(({ name }) => name === 'stats')).toEqual([]);
    expect(nodes.find(({ name }) => name === 'mainframe')).toMatchObject({ kind: 'absent', dc: 'dc2' });
    expect(
      sources.filter(({ name }) => name.startsWith('Prometheus')).map(({ name, state }) => `${name} ${state}`),
    ).toEqual([
      ...['Prometheus: Ours live', 'Prometheus: Envoy live', 'Prometheus: Istio live'],
      ...['Prometheus: OpenTelemetry live', 'Prometheus: HAProxy live'],
    ]);
  },
  LONG_MS,
);

test(
  'a Prometheus that is gone leaves what it said, marked old with the reason, and holds nothing else up',
  async () => {
    await prometheus.kill();
    const old = await edge('dc1/front>dc1/cart', ({ isObservedOld }) => isObservedOld);
    expect(old.ratePerSecond).not.toBeNull();
    const { sources } = await topology();
    expect(sources.find(({ name }) => name === 'Prometheus: OpenTelemetry')).toMatchObject({
      state: 'old',
      reason: expect.stringContaining('ECONNREFUSED'),
    });
    expect(sources.find(({ name, dc }) => name === 'sidecars' && dc === 'dc1')).toMatchObject({ state: 'live' });
  },
  LONG_MS,
);
