/** Requests by version and status, and documents that were not understood, in Prometheus's text format. */
export class GatewayMetrics {
  readonly #service: string;
  #refused = 0;
  readonly #counts = new Map<string, number>();

  constructor(service: string) {
    this.#service = service;
  }

  /** @param version null: no instance was asked */
  count(version: string | null, code: number): void {
    const labels = `service=${quoted(this.#service)},version=${quoted(version ?? '')},code="${code}"`;
    this.#counts.set(labels, (this.#counts.get(labels) ?? 0) + 1);
  }

  refusePolicy(): void {
    this.#refused += 1;
  }

  text(): string {
    return [
      '# HELP gateway_requests_total Requests that were answered, by version and status.',
      '# TYPE gateway_requests_total counter',
      ...[...this.#counts].map(([labels, count]) => `gateway_requests_total{${labels}} ${count}`),
      '# HELP gateway_policy_refused_total Policy documents that were not understood: the last one that was stays.',
      '# TYPE gateway_policy_refused_total counter',
      `gateway_policy_refused_total{service=${quoted(this.#service)}} ${this.#refused}`,
      '',
    ].join('\n');
  }
}

const quoted = (value: string): string =>
  `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
