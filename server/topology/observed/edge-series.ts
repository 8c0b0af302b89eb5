import type { TopologyObservedSettings } from '@/server/config/topology-observed-settings';

/** One end of what was counted, as labels name it; empty: they do not. */
export interface NamedEnd {
  readonly name: string;
  readonly datacenter: string;
}

type Labels = Readonly<Record<string, string>>;

/** Something by which Prometheus tells who calls whom. */
export interface EdgeSeries {
  readonly name: string;
  /** Requests a second, PromQL. */
  readonly rate: string;
  /** Of these, what failed, a second; null: nothing tells. */
  readonly errors: string | null;
  /** 95th percentile, ms; null: nothing tells. */
  readonly p95Ms: string | null;
  readonly from: (labels: Labels) => NamedEnd;
  readonly to: (labels: Labels) => NamedEnd;
  /** It may name what is no service: only what Consul lists is taken. */
  readonly isListedOnly: boolean;
  /** Somebody asked for it: that it has nothing is worth a word. */
  readonly isChosen: boolean;
}

type EdgeSettings = Pick<TopologyObservedSettings, 'windowSeconds' | 'datacenterLabel'>;

/** The first of these labels that says something. */
const first =
  (...names: readonly string[]) =>
  (labels: Labels): string =>
    names.map((name) => labels[name] ?? '').find((value) => value !== '' && value !== 'unknown') ?? '';

const end =
  (names: readonly string[], datacenters: readonly string[]) =>
  (labels: Labels): NamedEnd => ({ name: first(...names)(labels), datacenter: first(...datacenters)(labels) });

function counters(
  given: Pick<EdgeSeries, 'name'> & {
    readonly requests: string;
    readonly failed: string;
    /** Of a histogram, without what ends its name, and by what it has to be multiplied to be ms; null: there is none. */
    readonly took: { readonly buckets: string; readonly toMs: number } | null;
    readonly labels: {
      readonly from: readonly string[];
      readonly to: readonly string[];
      readonly fromDatacenter: readonly string[];
      readonly toDatacenter: readonly string[];
    };
    readonly isListedOnly?: boolean;
  },
  { windowSeconds }: EdgeSettings,
): EdgeSeries {
  const { name, requests, failed, took, labels, isListedOnly = false } = given;
  const by = [...new Set(Object.values(labels).flat())].join(',');
  const rate = (counter: string) => `sum by (${by}) (rate(${counter}[${windowSeconds}s]))`;
  const buckets = took && `sum by (le,${by}) (rate(${took.buckets}[${windowSeconds}s]))`;
  return {
    ...{ name, rate: rate(requests), errors: rate(failed), isListedOnly, isChosen: false },
    p95Ms: took && `${took.toMs} * histogram_quantile(0.95, ${buckets})`,
    from: end(labels.from, labels.fromDatacenter),
    to: end(labels.to, labels.toDatacenter),
  };
}

/**
 * What counts traffic between services of itself. The first names both ends as Consul does; the last counts at a proxy between two that it does not name, so
 * that its caller is the job which is scraped, where that is a service.
 */
export function readyEdgeSeries(settings: EdgeSettings): readonly EdgeSeries[] {
  const { datacenterLabel: dc } = settings;
  const envoy = 'consul_destination_service!=""';
  const istio = 'reporter="source"';
  return [
    counters(
      {
        name: 'Envoy',
        requests: `envoy_cluster_upstream_rq_total{${envoy}}`,
        failed: `envoy_cluster_upstream_rq_xx{${envoy},envoy_response_code_class="5"}`,
        took: { buckets: `envoy_cluster_upstream_rq_time_bucket{${envoy}}`, toMs: 1 },
        labels: {
          from: ['consul_source_service', 'local_cluster'],
          to: ['consul_destination_service'],
          fromDatacenter: ['consul_source_datacenter', dc],
          toDatacenter: ['consul_destination_datacenter'],
        },
      },
      settings,
    ),
    counters(
      {
        name: 'Istio',
        requests: `istio_requests_total{${istio}}`,
        // 0: the connection broke before there was an answer.
        failed: `istio_requests_total{${istio},response_code=~"5..|0"}`,
        took: { buckets: `istio_request_duration_milliseconds_bucket{${istio}}`, toMs: 1 },
        labels: {
          from: ['source_canonical_service', 'source_app'],
          to: ['destination_service_name'],
          fromDatacenter: ['source_cluster', dc],
          toDatacenter: ['destination_cluster', dc],
        },
      },
      settings,
    ),
    counters(
      {
        name: 'OpenTelemetry',
        requests: 'traces_service_graph_request_total',
        failed: 'traces_service_graph_request_failed_total',
        took: { buckets: 'traces_service_graph_request_server_seconds_bucket', toMs: 1_000 },
        labels: {
          from: ['client'],
          to: ['server'],
          fromDatacenter: [`client_${dc}`, dc],
          toDatacenter: [`server_${dc}`, dc],
        },
      },
      settings,
    ),
    counters(
      {
        name: 'HAProxy',
        requests: 'haproxy_server_http_responses_total',
        failed: 'haproxy_server_http_responses_total{code="5xx"}',
        took: null,
        labels: { from: ['job'], to: ['proxy'], fromDatacenter: [dc], toDatacenter: [dc] },
        isListedOnly: true,
      },
      settings,
    ),
  ];
}

/** Queries of the configuration. */
export function chosenEdgeSeries({ queries, ...settings }: TopologyObservedSettings): EdgeSeries[] {
  const { windowSeconds, datacenterLabel } = settings;
  const filled = (template: string) => template.replaceAll('{windowSeconds}', String(windowSeconds));
  return queries.map((query) => {
    const { name, rate, errors, p95Ms, fromLabel, toLabel } = query;
    const { fromDatacenterLabel = datacenterLabel, toDatacenterLabel = datacenterLabel } = query;
    return {
      ...{ name, isListedOnly: false, isChosen: true, rate: filled(rate) },
      errors: errors === undefined ? null : filled(errors),
      p95Ms: p95Ms === undefined ? null : filled(p95Ms),
      from: end([fromLabel], [fromDatacenterLabel, datacenterLabel]),
      to: end([toLabel], [toDatacenterLabel, datacenterLabel]),
    };
  });
}
