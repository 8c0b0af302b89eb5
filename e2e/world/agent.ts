import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { type AgentPlan, agentConfig } from './agent-config';
import { ConsulHttp } from './consul-http';
import type { SupervisedProcess, Supervisor } from './supervised';
import { until } from './until';

export interface AgentPorts {
  http: number;
  https: number | null;
  dns: number | null;
  serfLan: number;
  serfWan: number;
  rpc: number;
}

/** Paths of PEM files. */
export interface TlsFiles {
  ca: string;
  cert: string;
  key: string;
}

const LOG_TAIL_LINES = 25;
const GONE = { status: null, signal: null } as const;

/** One Consul agent of a world, from its first start to its last end. */
export class ConsulAgent {
  readonly plan: AgentPlan;
  readonly consul: ConsulHttp;
  readonly #supervisor: Supervisor;
  readonly #binary: string;
  #process: SupervisedProcess | null = null;

  constructor(plan: AgentPlan, supervisor: Supervisor, binary: string) {
    this.plan = plan;
    this.#supervisor = supervisor;
    this.#binary = binary;
    this.consul = new ConsulHttp(this.http);
  }

  get name(): string {
    return this.plan.name;
  }

  get datacenter(): string {
    return this.plan.datacenter;
  }

  /** Its HTTP address, such as `http://127.0.0.1:20101`; the same over all its lives. */
  get http(): string {
    return `http://127.0.0.1:${this.plan.ports.http}`;
  }

  /** Its HTTPS address in a world with TLS, else null. */
  get https(): string | null {
    return this.plan.ports.https === null ? null : `https://127.0.0.1:${this.plan.ports.https}`;
  }

  /** Null while it does not run. */
  get pid(): number | null {
    return this.#process?.pid ?? null;
  }

  /** Starts the process; `ready` tells when it answers. */
  async start(): Promise<void> {
    if (this.#process !== null) throw new Error(`${this.name} already runs.`);
    await mkdir(this.plan.dataFolder, { recursive: true });
    const configFile = `${this.plan.dataFolder}.json`;
    await writeFile(configFile, JSON.stringify(agentConfig(this.plan), null, 2));
    const started = await this.#supervisor.start({
      command: this.#binary,
      args: ['agent', '-config-file', configFile],
      logFile: this.#logFile,
    });
    this.#process = started;
    void started.ended.then(() => {
      if (this.#process === started) this.#process = null;
    });
  }

  /** Waits until it answers and knows a leader. Rejects with the end of its log when it ends instead. */
  async ready(): Promise<void> {
    const ended = this.#process?.ended ?? Promise.resolve(GONE);
    const outcome = await Promise.race([
      until(`${this.name} to know a leader`, () => this.consul.get<string>('/v1/status/leader', 2_000)),
      ended,
    ]);
    if (typeof outcome === 'string') return;
    throw new Error(`Consul agent ${this.name} ended at its start. The end of its log:\n${await this.logTail()}`);
  }

  /** SIGKILL, as a machine that loses its power; resolves when the process is gone. */
  async kill(): Promise<void> {
    const running = this.#process;
    if (running === null) return;
    process.kill(running.pid, 'SIGKILL');
    await running.ended;
    this.#process = null;
  }

  /** SIGSTOP: its connections stay open and nothing answers. */
  freeze(): void {
    this.#signal('SIGSTOP');
  }

  thaw(): void {
    this.#signal('SIGCONT');
  }

  /** Deletes all that it remembers. Only while it does not run. */
  async forget(): Promise<void> {
    if (this.#process !== null) throw new Error(`${this.name} runs: its state cannot be deleted under it.`);
    await rm(this.plan.dataFolder, { recursive: true, force: true });
  }

  async logTail(): Promise<string> {
    const log = await readFile(this.#logFile, 'utf8').catch(() => '(no log)');
    return log.trimEnd().split('\n').slice(-LOG_TAIL_LINES).join('\n');
  }

  get #logFile(): string {
    return `${this.plan.dataFolder}.log`;
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#process === null) throw new Error(`${this.name} does not run.`);
    process.kill(this.#process.pid, signal);
  }
}
