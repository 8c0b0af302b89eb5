import { writeFile } from 'node:fs/promises';
import type { SupervisedProcess, Supervisor } from '@/e2e/world/supervised';
import { until } from '@/e2e/world/until';
import { findPrometheus } from '@/scripts/launcher/prometheus.mjs';

/** What Prometheus reads, each second. */
export interface ScrapeTarget {
  job: string;
  port: number;
  labels: Record<string, string>;
}

/** A real Prometheus on loopback that remembers the last hour. */
export class Prometheus {
  readonly address: string;
  readonly #supervisor: Supervisor;
  readonly #port: number;
  #running: SupervisedProcess | null = null;

  constructor(supervisor: Supervisor, port: number) {
    this.#supervisor = supervisor;
    this.#port = port;
    this.address = `http://127.0.0.1:${port}`;
  }

  /** Resolves when it has read every target once, which it begins with some seconds after its start. */
  async start(targets: readonly ScrapeTarget[]): Promise<void> {
    const program = findPrometheus();
    if (program === null) throw new Error('Prometheus is not installed: `npm run demo` and `npm test` get it.');
    const folder = this.#supervisor.folder;
    const configFile = `${folder}/prometheus.yml`;
    // JSON is YAML.
    await writeFile(configFile, JSON.stringify(configOf(targets)));
    const started = await this.#supervisor.start({
      command: program.command,
      args: [
        `--config.file=${configFile}`,
        `--storage.tsdb.path=${folder}/prometheus`,
        '--storage.tsdb.retention.time=1h',
        '--storage.tsdb.retention.size=256MB',
        `--web.listen-address=127.0.0.1:${this.#port}`,
        '--log.level=warn',
      ],
      logFile: `${folder}/prometheus.log`,
      env: program.env,
    });
    this.#running = started;
    const outcome = await Promise.race([
      until('Prometheus to be ready', async () => (await fetch(`${this.address}/-/ready`)).ok && 'ready'),
      started.ended,
    ]);
    if (outcome !== 'ready') throw new Error(`Prometheus ended at its start; its log is ${folder}/prometheus.log.`);
    await until(
      'Prometheus to have read its targets',
      async () => (await this.query('up == 1', 'job')).size >= targets.length,
    );
  }

  get pid(): number | null {
    return this.#running?.pid ?? null;
  }

  /** SIGKILL; resolves when it is gone. */
  async kill(): Promise<void> {
    if (this.#running === null) return;
    const { pid, ended } = this.#running;
    process.kill(pid, 'SIGKILL');
    await ended;
    this.#running = null;
  }

  /** Value by the given label, of an instant query. */
  async query(query: string, label: string): Promise<Map<string, number>> {
    const answer = await fetch(`${this.address}/api/v1/query?query=${encodeURIComponent(query)}`);
    const { data } = (await answer.json()) as {
      data: { result: { metric: Record<string, string>; value: [number, string] }[] };
    };
    return new Map(data.result.map(({ metric, value }) => [metric[label] ?? '', Number(value[1])]));
  }
}

function configOf(targets: readonly ScrapeTarget[]): Record<string, unknown> {
  return {
    global: { scrape_interval: '1s', scrape_timeout: '900ms' },
    scrape_configs: targets.map(({ job, port, labels }) => ({
      job_name: job,
      static_configs: [{ targets: [`127.0.0.1:${port}`], labels }],
    })),
  };
}
