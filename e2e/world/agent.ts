import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { type AgentPlan, agentConfig } from './agent-config';
import { awaitStopped } from './await-stopped';
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

/**
 * An agent that finds a server, or hears of an election, synchronises everything once more at a random moment of the next three seconds. A registration
 * at that very moment makes it put that off by 15 to 30 s, and every change of a check with it. Nothing tells when it is done, so it is waited for.
 */
const UNSETTLED_MS = 4_000;
const LEADER_TIMEOUT_MS = 2_000;
const LOG_TAIL_LINES = 25;
const GONE = { status: null, signal: null } as const;

/** One Consul agent of a world, from its first start to its last end. */
export class ConsulAgent {
  readonly plan: AgentPlan;
  readonly consul: ConsulHttp;
  readonly #supervisor: Supervisor;
  readonly #binary: string;
  #starts = 0;
  /** On the clock of `performance.now()`. */
  #settledAtMs = 0;
  #process: SupervisedProcess | null = null;

  constructor(plan: AgentPlan, supervisor: Supervisor, binary: string) {
    this.plan = plan;
    this.#supervisor = supervisor;
    this.#binary = binary;
    this.consul = new ConsulHttp(this.http, plan.managementToken);
  }

  get name(): string {
    return this.plan.name;
  }

  get datacenter(): string {
    return this.plan.datacenter;
  }

  /** How often it has been started; its node's metadata in the catalog says so under `start`. */
  get starts(): number {
    return this.#starts;
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
    this.#starts += 1;
    await mkdir(this.plan.dataFolder, { recursive: true });
    const configFile = `${this.plan.dataFolder}.json`;
    await writeFile(configFile, JSON.stringify(agentConfig(this.plan, this.#starts), null, 2));
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
      until(`${this.name} to know a leader`, () => this.leaderOf(this.datacenter)),
      ended,
    ]);
    if (typeof outcome !== 'string') {
      throw new Error(`Consul agent ${this.name} ended at its start. The end of its log:\n${await this.logTail()}`);
    }
    this.unsettle();
  }

  /** To be told when a server of its datacenter comes up. */
  unsettle(): void {
    this.#settledAtMs = performance.now() + UNSETTLED_MS;
  }

  /** Registers a service here, at a moment when the agent takes it well: up to 4 s after its own start or its server's. */
  async register(definition: Record<string, unknown>): Promise<void> {
    await wait(Math.max(0, this.#settledAtMs - performance.now()));
    await this.consul.put('/v1/agent/service/register', definition);
  }

  async deregister(serviceId: string): Promise<void> {
    await this.consul.put(`/v1/agent/service/deregister/${encodeURIComponent(serviceId)}`);
  }

  /** The leader that it finds in a datacenter, as `address:port`; null where there is none. */
  async leaderOf(datacenter: string): Promise<string | null> {
    const leader = await this.consul.get<string>(`/v1/status/leader?dc=${datacenter}`, LEADER_TIMEOUT_MS);
    return leader === '' ? null : leader;
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
    awaitStopped(this.#signal('SIGSTOP'));
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

  /** @returns the process's id */
  #signal(signal: NodeJS.Signals): number {
    if (this.#process === null) throw new Error(`${this.name} does not run.`);
    process.kill(this.#process.pid, signal);
    return this.#process.pid;
  }
}
