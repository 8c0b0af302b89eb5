import type { ObservedSettings } from '@/server/config/observed-settings';
import type { PrometheusSettings } from '@/server/config/prometheus-settings';
import type { Clock } from '@/server/consul/clock';
import { instantQueryAt } from '@/server/prometheus/instant-query';
import { NothingObserved } from '@/server/release/nothing-observed';
import type { ObservedShares } from '@/server/release/observed-shares';
import { PrometheusShares } from './prometheus-shares';
import { customSeries, readySeries } from './series';

/** What the settings say is seen of real traffic, nothing where no Prometheus is named. It reads nothing before it is started. */
export function openObservedShares(
  prometheus: PrometheusSettings | null,
  { windowSeconds, datacenterLabel, queries }: ObservedSettings,
  clock: Clock,
): ObservedShares {
  if (prometheus === null) return new NothingObserved();
  return new PrometheusShares({
    query: instantQueryAt(prometheus),
    address: prometheus.url,
    // What somebody has configured knows their traffic best.
    series: [...queries.map(customSeries), ...readySeries],
    ...{ windowSeconds, datacenterLabel, clock },
  });
}
