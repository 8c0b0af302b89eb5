import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A target for Prometheus whose counters a test sets; each grows by its rate as time passes. */
export class ScriptedSeries {
  readonly #counters = new Map<string, { value: number; ratePerSecond: number; atMs: number }>();
  readonly #server = createServer((_, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4');
    response.end([...this.#counters.keys()].map((series) => `${series} ${this.#now(series)}\n`).join(''));
  });

  static async open(): Promise<ScriptedSeries> {
    const series = new ScriptedSeries();
    await new Promise<void>((resolve) => series.#server.listen(0, '127.0.0.1', resolve));
    return series;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** @param series as the text format writes it: `calls_total{client="front"}` */
  grow(series: string, ratePerSecond: number): void {
    this.#counters.set(series, { value: this.#now(series), ratePerSecond, atMs: performance.now() });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #now(series: string): number {
    const { value = 0, ratePerSecond = 0, atMs = 0 } = this.#counters.get(series) ?? {};
    return value + (ratePerSecond * (performance.now() - atMs)) / 1_000;
  }
}
