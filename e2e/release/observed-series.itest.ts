import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PortPool } from '@/e2e/world/port-pool';
import { Supervisor } from '@/e2e/world/supervised';
import { Prometheus } from '@/e2e/world/traffic/prometheus';
import { until } from '@/e2e/world/until';
import type { Observation } from '@/lib/release/split-body';
import { observedSchema } from '@/server/config/observed-settings';
import { systemClock } from '@/server/consul/clock';
import { openObservedShares } from '@/server/release/observed/open-observed-shares';
import type { ObservedShares } from '@/server/release/observed-shares';

/** A real Prometheus, and an exporter that says what proxies say which do not run here. */
const pool = new PortPool();
const supervisor = new Supervisor();
let exporter: Server;
let prometheus: Prometheus;
let shares: ObservedShares;

const HOSTILE = 'a"} or vector(1) # \\ \' ` {dc}\n.*';
const VERSIONS = ['1.0.0', '2.0.0'];

/** Three of four requests go to the old version, in every series. */
let scrapes = 0;
function metrics(): string {
  scrapes += 1;
  const [old, fresh] = [scrapes * 30, scrapes * 10];
  const envoy = (dc: string) =>
    `consul_destination_service="paid",consul_destination_datacenter="${dc}",consul_destination_service_subset=`;
  const istio = 'reporter="destination",destination_service_name="told",destination_version=';
  return [
    `envoy_cluster_upstream_rq_total{${envoy('dc1')}"v1-0-0"} ${old}`,
    `envoy_cluster_upstream_rq_total{${envoy('dc1')}"v2-0-0"} ${fresh}`,
    `envoy_cluster_upstream_rq_total{${envoy('dc2')}"v2-0-0"} ${old}`,
    `istio_requests_total{${istio}"1.0.0"} ${old}`,
    `istio_requests_total{${istio}"v2.0.0"} ${fresh}`,
    `istio_requests_total{reporter="source",destination_service_name="told",destination_version="v2.0.0"} ${old}`,
    `own_requests_total{to="${HOSTILE.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}",version="1.0.0"} ${old}`,
    `own_requests_total{to="another",version="2.0.0"} ${old}`,
    `haproxy_server_http_responses_total{proxy="elsewhere",server="v1-0-0_1",datacenter="dc2",code="2xx"} ${old}`,
    '',
  ].join('\n');
}

beforeAll(async () => {
  exporter = createServer((_, response) => response.end(metrics()));
  const port = await pool.take();
  await new Promise<void>((resolve) => exporter.listen(port, '127.0.0.1', resolve));
  prometheus = new Prometheus(supervisor, await pool.take());
  await prometheus.start([{ job: 'proxies', port, labels: {} }]);
  const settings = observedSchema.parse({
    queries: [
      {
        name: 'Own',
        query: 'sum by (version) (increase(own_requests_total{to="{service}"}[{windowSeconds}s]))',
        versionLabel: 'version',
      },
    ],
  });
  shares = openObservedShares({ url: prometheus.address, basicAuth: null }, settings, systemClock);
  const keys = [
    ['dc1', 'paid'],
    ['dc1', 'told'],
    ['dc1', HOSTILE],
    ['dc1', 'elsewhere'],
    ['dc2', 'elsewhere'],
  ];
  shares.follow(keys.map((key) => key.map(encodeURIComponent).join('/')));
  shares.start();
});

afterAll(async () => {
  shares?.stop();
  exporter?.closeAllConnections();
  exporter?.close();
  await supervisor.end();
  await pool.release();
});

function seen(dc: string, service: string): Promise<Observation> {
  return until(`${service} in ${dc} to be observed`, () => {
    const observation = shares.of(dc, service, VERSIONS);
    if (observation.state === 'not-observed') throw new Error(observation.reason);
    return observation;
  });
}

test("Envoy's and Istio's series are read by subset and version, each for its own side and datacenter", async () => {
  expect(await seen('dc1', 'paid')).toMatchObject({ source: 'Envoy', shares: { '1.0.0': 75, '2.0.0': 25 } });
  expect(await seen('dc1', 'told')).toMatchObject({ source: 'Istio', shares: { '1.0.0': 75, '2.0.0': 25 } });
});

test('a query of the configuration finds a service whose name is made of quotes, operators and placeholders, and no other', async () => {
  const observation = await seen('dc1', HOSTILE);
  expect(observation).toMatchObject({ source: 'Own', shares: { '1.0.0': 100, '2.0.0': 0 }, lagMs: 10_000 });
});

test("a series that names its datacenter is not another one's", async () => {
  expect(await seen('dc2', 'elsewhere')).toMatchObject({ source: 'HAProxy' });
  expect(shares.of('dc1', 'elsewhere', VERSIONS)).toEqual({
    state: 'not-observed',
    reason: 'Prometheus has no requests to elsewhere in dc1 (Own, HAProxy, Envoy, Istio).',
  });
});

test('an exporter that is gone is told by the age of its newest sample', async () => {
  exporter.closeAllConnections();
  exporter.close();
  const { reason } = await until(
    'it to be noticed',
    () => {
      const observation = shares.of('dc1', 'told', VERSIONS);
      return observation.state === 'not-observed' && observation;
    },
    { deadlineMs: 40_000 },
  );
  expect(reason).toMatch(/^Prometheus has less than two samples of Istio in 10 s \(the newest is \d+ s old\)/);
});
