import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { SupervisedProcess, Supervisor } from '@/e2e/world/supervised';
import { until } from '@/e2e/world/until';
import { findAlertmanager } from '@/scripts/launcher/alertmanager.mjs';

export interface AlertmanagerWishes {
  /** Where its notifications go, a listener of the test's; null: nowhere. */
  readonly webhookUrl: string | null;
  /** Ports of the cluster: its own and those of its peers. None: it stands alone. */
  readonly cluster?: { readonly port: number; readonly peers: readonly number[] };
}

const alertSchema = z.object({
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()),
  startsAt: z.string(),
  endsAt: z.string(),
  generatorURL: z.string(),
  status: z.object({ state: z.string(), silencedBy: z.array(z.string()) }),
});
const silenceSchema = z.object({
  id: z.string(),
  status: z.object({ state: z.string() }),
  matchers: z.array(z.object({ name: z.string(), value: z.string(), isRegex: z.boolean(), isEqual: z.boolean() })),
  endsAt: z.string(),
  createdBy: z.string(),
  comment: z.string(),
});
export type AlertmanagerAlert = z.infer<typeof alertSchema>;
export type AlertmanagerSilence = z.infer<typeof silenceSchema>;

/** A real Alertmanager on loopback, which groups by alert and waits for nothing. Its silences and what it has notified outlive its end. */
export class Alertmanager {
  readonly address: string;
  #running: SupervisedProcess | null = null;

  constructor(
    private readonly supervisor: Supervisor,
    private readonly port: number,
    private readonly wishes: AlertmanagerWishes,
  ) {
    this.address = `http://127.0.0.1:${port}`;
  }

  get pid(): number | null {
    return this.#running?.pid ?? null;
  }

  /** Resolves when it is ready. */
  async start(): Promise<void> {
    const program = findAlertmanager();
    if (program === null) throw new Error('Alertmanager is not installed: `npm run demo` and `npm test` get it.');
    const folder = `${this.supervisor.folder}/alertmanager-${this.port}`;
    const configFile = `${folder}.yml`;
    // JSON is YAML.
    await writeFile(configFile, JSON.stringify(configOf(this.wishes)));
    const started = await this.supervisor.start({
      command: program.command,
      args: [
        `--config.file=${configFile}`,
        `--storage.path=${folder}`,
        `--web.listen-address=127.0.0.1:${this.port}`,
        ...clusterArguments(this.wishes),
        '--log.level=warn',
      ],
      logFile: `${folder}.log`,
      ...(program.cwd !== null && { cwd: program.cwd }),
      env: program.env,
    });
    this.#running = started;
    const outcome = await Promise.race([
      until('Alertmanager to be ready', async () => (await fetch(`${this.address}/-/ready`)).ok && 'ready'),
      started.ended,
    ]);
    if (outcome !== 'ready') throw new Error(`Alertmanager ended at its start; its log is ${folder}.log.`);
  }

  /** Resolves when it is gone; what it remembers is written before. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  /** SIGKILL; resolves when it is gone. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** What fires there. */
  async alerts(): Promise<readonly AlertmanagerAlert[]> {
    return z.array(alertSchema).parse(await (await fetch(`${this.address}/api/v2/alerts`)).json());
  }

  /** Those that hold. */
  async silences(): Promise<readonly AlertmanagerSilence[]> {
    const all = z.array(silenceSchema).parse(await (await fetch(`${this.address}/api/v2/silences`)).json());
    return all.filter(({ status }) => status.state === 'active');
  }

  /** Silences, as a person does there. @returns its id */
  async silence(
    name: string,
    value: string,
    { createdBy, comment }: { createdBy: string; comment: string },
  ): Promise<string> {
    const answer = await fetch(`${this.address}/api/v2/silences`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        matchers: [{ name, value, isRegex: false, isEqual: true }],
        startsAt: new Date().toISOString(),
        endsAt: new Date(Date.now() + 3_600_000).toISOString(),
        ...{ createdBy, comment },
      }),
    });
    return z.object({ silenceID: z.string() }).parse(await answer.json()).silenceID;
  }

  /** A counter or a gauge of its own, all its series summed; 0 where there is none. */
  async metric(name: string, labels = ''): Promise<number> {
    const text = await (await fetch(`${this.address}/metrics`)).text();
    const lines = text.split('\n').filter((line) => line.startsWith(name) && line.includes(labels));
    return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (this.#running === null) return;
    const { pid, ended } = this.#running;
    process.kill(pid, signal);
    await ended;
    this.#running = null;
  }
}

function clusterArguments({ cluster }: AlertmanagerWishes): string[] {
  if (cluster === undefined) return ['--cluster.listen-address='];
  return [
    `--cluster.listen-address=127.0.0.1:${cluster.port}`,
    ...cluster.peers.map((port) => `--cluster.peer=127.0.0.1:${port}`),
    '--cluster.gossip-interval=50ms',
    '--cluster.peer-timeout=1s',
    '--cluster.settle-timeout=1s',
  ];
}

function configOf({ webhookUrl }: AlertmanagerWishes): Record<string, unknown> {
  return {
    route: {
      receiver: 'test',
      group_by: ['lictor_alert'],
      group_wait: '100ms',
      group_interval: '1s',
      repeat_interval: '1h',
    },
    receivers: [
      {
        name: 'test',
        webhook_configs: webhookUrl === null ? [] : [{ url: webhookUrl, send_resolved: true }],
      },
    ],
  };
}
