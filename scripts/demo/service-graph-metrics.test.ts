import { expect, test } from 'vitest';
import { type CalledPair, ServiceGraphMetrics } from './service-graph-metrics';

const pair: CalledPair = {
  ...{ client: 'front', clientDatacenter: 'dc1', server: 'api', serverDatacenter: 'dc2', connectionType: '' },
};
const labels = 'client="front",client_datacenter="dc1",server="api",server_datacenter="dc2",connection_type=""';

test('calls of one pair are one series, failures among them', () => {
  const metrics = new ServiceGraphMetrics();
  metrics.count(pair, { isFailed: false, tookMs: 4 });
  metrics.count({ ...pair }, { isFailed: true, tookMs: 40 });
  const lines = metrics.text().split('\n');
  expect(lines).toContain(`traces_service_graph_request_total{${labels}} 2`);
  expect(lines).toContain(`traces_service_graph_request_failed_total{${labels}} 1`);
});

test('each bucket holds those of the ones before it, and the last holds all', () => {
  const metrics = new ServiceGraphMetrics();
  for (const tookMs of [4, 40, 9_000]) metrics.count(pair, { isFailed: false, tookMs });
  const lines = metrics.text().split('\n');
  const bucket = (le: string) => `traces_service_graph_request_server_seconds_bucket{${labels},le="${le}"}`;
  expect(lines).toContain(`${bucket('0.005')} 1`);
  expect(lines).toContain(`${bucket('0.05')} 2`);
  expect(lines).toContain(`${bucket('2.5')} 2`);
  expect(lines).toContain(`${bucket('+Inf')} 3`);
});

test('a name cannot end its label', () => {
  const metrics = new ServiceGraphMetrics();
  metrics.count({ ...pair, client: 'a"} 1\n\\' }, { isFailed: false, tookMs: 1 });
  expect(metrics.text()).toContain('client="a\\"} 1\\n\\\\"');
});
