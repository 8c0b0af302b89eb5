/** Who called whom, as the labels of a series of one pair. */
export interface CalledPair {
  readonly client: string;
  readonly clientDatacenter: string;
  readonly server: string;
  readonly serverDatacenter: string;
  /** As OpenTelemetry tells kinds of calls apart; empty for a plain request. */
  readonly connectionType: '' | 'database' | 'messaging_system';
}

interface Count {
  readonly labels: string;
  total: number;
  failed: number;
  /** Of each bound those that took no longer. */
  readonly buckets: number[];
  sumSeconds: number;
}

const BOUNDS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

/** Calls by pair under the names that OpenTelemetry's service graph gives them, in Prometheus's text format. */
export class ServiceGraphMetrics {
  readonly #counts = new Map<string, Count>();

  count(pair: CalledPair, { isFailed, tookMs }: { readonly isFailed: boolean; readonly tookMs: number }): void {
    const labels = labelsOf(pair);
    const known = this.#counts.get(labels);
    const count = known ?? { labels, total: 0, failed: 0, buckets: BOUNDS_SECONDS.map(() => 0), sumSeconds: 0 };
    if (!known) this.#counts.set(labels, count);
    count.total += 1;
    if (isFailed) count.failed += 1;
    count.sumSeconds += tookMs / 1_000;
    for (const [index, bound] of BOUNDS_SECONDS.entries()) {
      if (tookMs <= bound * 1_000) count.buckets[index] = (count.buckets[index] ?? 0) + 1;
    }
  }

  text(): string {
    const all = [...this.#counts.values()];
    const name = 'traces_service_graph_request';
    const took = `${name}_server_seconds`;
    return [
      `# TYPE ${name}_total counter`,
      ...all.map(({ labels, total }) => `${name}_total{${labels}} ${total}`),
      `# TYPE ${name}_failed_total counter`,
      ...all.map(({ labels, failed }) => `${name}_failed_total{${labels}} ${failed}`),
      `# TYPE ${took} histogram`,
      ...all.flatMap(({ labels, buckets, total, sumSeconds }) => [
        ...BOUNDS_SECONDS.map((bound, index) => `${took}_bucket{${labels},le="${bound}"} ${buckets[index]}`),
        `${took}_bucket{${labels},le="+Inf"} ${total}`,
        `${took}_sum{${labels}} ${sumSeconds}`,
        `${took}_count{${labels}} ${total}`,
      ]),
      '',
    ].join('\n');
  }
}

function labelsOf({ client, clientDatacenter, server, serverDatacenter, connectionType }: CalledPair): string {
  const labels = {
    ...{ client, client_datacenter: clientDatacenter, server, server_datacenter: serverDatacenter },
    connection_type: connectionType,
  };
  return Object.entries(labels)
    .map(([label, value]) => `${label}=${quoted(value)}`)
    .join(',');
}

const quoted = (value: string): string =>
  `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
