import { expect, test } from 'vitest';
import { customSeries, readySeries } from './series';

const question = { service: 'payment', dc: 'dc1', windowSeconds: 10, datacenterLabel: 'datacenter' };

test('each ready query names its service, its datacenter and its window', () => {
  expect(readySeries.map((series) => series.requests(question))).toEqual([
    'sum by (server) (increase(haproxy_server_http_responses_total{proxy="payment",datacenter=~"|dc1"}[10s]))',
    'sum by (consul_destination_service_subset) (increase(envoy_cluster_upstream_rq_total{consul_destination_service="payment",consul_destination_datacenter="dc1"}[10s]))',
    'sum by (destination_version) (increase(istio_requests_total{reporter="destination",destination_service_name="payment",datacenter=~"|dc1"}[10s]))',
  ]);
});

test('a hostile name stays inside its string in every query', () => {
  const hostile = { ...question, service: '"} or vector(1) #' };
  for (const series of readySeries) {
    for (const query of [series.requests(hostile), series.newest(hostile), series.lastSeen(hostile)]) {
      expect(query).toContain('"\\x22} or vector(1) #"');
    }
  }
});

test('the number of a slot is no part of the version', () => {
  const [haproxy] = readySeries;
  expect(haproxy?.versionText('v3-1-4_12')).toBe('v3-1-4');
  expect(haproxy?.versionText('3.1.4:2')).toBe('3.1.4');
  expect(haproxy?.versionText('3.1.4')).toBe('3.1.4');
});

test('a query of the configuration is filled in one pass, so that a name cannot bring placeholders', () => {
  const series = customSeries({
    name: 'gateway',
    query: 'sum by (version) (increase(gateway{s="{service}",d=~"{dcRegex}"}[{windowSeconds}s])) {unknown}',
    versionLabel: 'version',
  });
  expect(series.requests({ ...question, service: '{dc}', dc: 'a.b' })).toBe(
    'sum by (version) (increase(gateway{s="{dc}",d=~"a\\x5c.b"}[10s])) {unknown}',
  );
  expect(series.newest(question)).toBeNull();
});
