import type { Mechanism } from '@/lib/release/mechanism';
import type { ObservedSettings } from '@/server/config/observed-settings';
import { regexText, stringText } from './promql-text';

/** Which requests are asked for. */
export interface SeriesQuestion {
  readonly service: string;
  readonly dc: string;
  readonly windowSeconds: number;
  readonly datacenterLabel: string;
}

/** Something whose requests Prometheus counts, by version. */
export interface Series {
  readonly name: string;
  /** What it obeys; null: not known. */
  readonly mechanism: Mechanism | null;
  /** Requests in the window, by `versionLabel`. */
  requests(question: SeriesQuestion): string;
  /** PromQL for when the newest sample was taken, seconds since 1970; null: it is not known. */
  newest(question: SeriesQuestion): string | null;
  /** The same over the last minutes, for a target that is gone. */
  lastSeen(question: SeriesQuestion): string | null;
  readonly versionLabel: string;
  /** What of the label's value is the version. */
  versionText(value: string): string;
  /** What has to be so that versions are told apart, the end of a sentence. */
  readonly convention: string;
}

/** How far back a target that is gone is looked for. */
const LOOK_BACK = '[10m:5s]';

/** A series that is one counter: all that is asked follows from its selector. */
function counter(
  given: Pick<Series, 'name' | 'mechanism' | 'versionLabel' | 'convention'> & {
    selector(question: SeriesQuestion): string;
    versionText?: (value: string) => string;
  },
): Series {
  const { selector, versionText = (value) => value, ...rest } = given;
  return {
    ...rest,
    versionText,
    requests: (question) =>
      `sum by (${rest.versionLabel}) (increase(${selector(question)}[${question.windowSeconds}s]))`,
    newest: (question) => `max(timestamp(${selector(question)}))`,
    lastSeen: (question) => `max(max_over_time(timestamp(${selector(question)})${LOOK_BACK}))`,
  };
}

/** A series without the label is of every datacenter: a matcher that allows the empty text takes both. */
function ofDatacenter({ dc, datacenterLabel }: SeriesQuestion): string {
  return `${datacenterLabel}=~"|${regexText(dc)}"`;
}

/**
 * HAProxy's own exporter: a backend named like the service, servers named `<version>_<n>`, as a `server-template` for each version makes them.
 * Answers are counted, whatever their status: a request that no server answered belongs to no version.
 */
const haproxy = counter({
  name: 'HAProxy',
  mechanism: 'weights',
  selector: (question) =>
    `haproxy_server_http_responses_total{proxy="${stringText(question.service)}",${ofDatacenter(question)}}`,
  versionLabel: 'server',
  versionText: (value) => value.replace(/[_:]\d+$/, ''),
  convention: 'its servers have to be named <version>_<number>',
});

/** Consul's Envoys at the callers, which tag what they send by the subset of the resolver. */
const envoy = counter({
  name: 'Envoy',
  mechanism: 'mesh',
  selector: ({ service, dc }) =>
    `envoy_cluster_upstream_rq_total{consul_destination_service="${stringText(service)}",consul_destination_datacenter="${stringText(dc)}"}`,
  versionLabel: 'consul_destination_service_subset',
  convention: 'the subsets of its service-resolver have to be named like versions',
});

/** Istio's standard metric, as the called side reports it. */
const istio = counter({
  name: 'Istio',
  mechanism: 'mesh',
  selector: (question) =>
    `istio_requests_total{reporter="destination",destination_service_name="${stringText(question.service)}",${ofDatacenter(question)}}`,
  versionLabel: 'destination_version',
  convention: 'its workloads have to bear their version',
});

export const readySeries: readonly Series[] = [haproxy, envoy, istio];

/** A query of the configuration. */
export function customSeries(own: ObservedSettings['queries'][number]): Series {
  const { name, query, versionLabel, newest, mechanism = null } = own;
  return {
    ...{ name, versionLabel, mechanism },
    requests: (question) => filled(query, question),
    newest: (question) => (newest === undefined ? null : filled(newest, question)),
    lastSeen: () => null,
    versionText: (value) => value,
    convention: `its label ${versionLabel} has to hold the version`,
  };
}

function filled(template: string, { service, dc, windowSeconds }: SeriesQuestion): string {
  const values: Readonly<Record<string, string>> = {
    service: stringText(service),
    serviceRegex: regexText(service),
    dc: stringText(dc),
    dcRegex: regexText(dc),
    windowSeconds: String(windowSeconds),
  };
  // In one pass: a name that is written like a placeholder is no placeholder.
  return template.replace(
    /\{(service|serviceRegex|dc|dcRegex|windowSeconds)\}/g,
    (_, key: string) => values[key] ?? '',
  );
}
