import type { TopologySource } from '@/lib/topology/topology-body';
import type { Settings } from './config/settings';
import { instantQueryAt } from './prometheus/instant-query';
import { ObservedTraffic, type ObservedTrafficOptions } from './topology/observed/observed-traffic';

const NO_PROMETHEUS: TopologySource = {
  ...{ name: 'Prometheus', dc: null, state: 'absent', lastReadAt: null },
  reason: 'No Prometheus is named, so traffic between services is not seen: name one by LICTOR_PROMETHEUS_URL.',
};

/** Of one question for all edges. */
const QUERY_LIMITS = { timeoutMs: 5_000, mostBytes: 4_000_000 };

/** What counts traffic, by the settings; where no Prometheus is named nothing does, and it says so. */
export function openObservedTraffic(
  { prometheus, file }: Pick<Settings, 'prometheus' | 'file'>,
  options: Omit<ObservedTrafficOptions, 'settings' | 'query' | 'address'>,
): Pick<ObservedTraffic, 'start' | 'stop' | 'states'> {
  if (prometheus === null) return { start: () => {}, stop: () => {}, states: () => [NO_PROMETHEUS] };
  const query = instantQueryAt(prometheus, QUERY_LIMITS);
  return new ObservedTraffic({ ...options, settings: file.topology.observed, query, address: prometheus.url });
}
