import { rename, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import type { SupervisedProcess, Supervisor } from '@/e2e/world/supervised';
import { until } from '@/e2e/world/until';
import { findHaproxy } from '@/scripts/launcher/haproxy.mjs';
import { type HaproxyPlan, haproxyConfig } from './haproxy-config';

/** A server's slot in a backend, as HAProxy has it now. */
export interface HaproxyServer {
  backend: string;
  /** `v3-1-4_1`. */
  name: string;
  /** 0 to 256. */
  weight: number;
  /** It takes requests. */
  up: boolean;
}

type FixedPlan = Omit<HaproxyPlan, 'statsSocket' | 'stateFile' | 'services' | 'resolveEveryMs'>;
type RunPlan = Pick<HaproxyPlan, 'services' | 'resolveEveryMs'>;

/** A real HAProxy on loopback, whose configuration can change under traffic. */
export class Haproxy {
  readonly #supervisor: Supervisor;
  readonly #plan: FixedPlan;
  #running: SupervisedProcess | null = null;
  #starts = 0;

  constructor(supervisor: Supervisor, plan: FixedPlan) {
    this.#supervisor = supervisor;
    this.#plan = plan;
  }

  /**
   * Starts it; or, where it runs, a second one that takes over its listeners and what it knows of the servers, upon which the first finishes its requests
   * and ends. Resolves when the new one answers.
   */
  async run({ services, resolveEveryMs }: RunPlan): Promise<void> {
    const program = findHaproxy();
    if (program === null) throw new Error('HAProxy is not installed: `npm run demo` and `npm test` get it.');
    const before = this.#running;
    await this.#keepState(before === null ? '' : await this.command('show servers state'));
    this.#starts += 1;
    const configFile = `${this.#supervisor.folder}/haproxy-${this.#starts}.cfg`;
    const { statsSocket, stateFile } = this;
    await writeFile(configFile, haproxyConfig({ ...this.#plan, services, resolveEveryMs, statsSocket, stateFile }));
    const takeOver = before === null ? [] : ['-x', statsSocket, '-sf', String(before.pid)];
    const started = await this.#supervisor.start({
      command: program.command,
      args: ['-db', '-f', configFile, ...takeOver],
      logFile: this.#logFile,
      env: program.env,
    });
    const { pid, ended } = started;
    const outcome = await Promise.race([
      until('HAProxy to run', async () => (await this.command('show info')).includes(`\nPid: ${pid}\n`) && 'runs'),
      ended,
    ]);
    if (outcome !== 'runs') throw new Error(`HAProxy ended at its start; its log is ${this.#logFile}.`);
    this.#running = started;
  }

  /** Of the one that takes new requests. */
  get pid(): number | null {
    return this.#running?.pid ?? null;
  }

  /** What a command of its runtime interface answers. */
  command(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = createConnection(this.statsSocket);
      let answer = '';
      socket.setEncoding('utf8');
      socket.on('data', (chunk: string) => {
        answer += chunk;
      });
      socket.once('error', reject);
      socket.once('end', () => resolve(answer));
      socket.write(`${text}\n`);
    });
  }

  /** Sets a slot's weight at the runtime interface, as somebody may do by hand; the next answer of DNS puts Consul's back. */
  async setWeight(backend: string, slot: string, weight: number): Promise<void> {
    const refusal = (await this.command(`set weight ${backend}/${slot} ${weight}`)).trim();
    if (refusal !== '') throw new Error(`HAProxy does not take the weight of ${backend}/${slot}: ${refusal}`);
  }

  /** How many questions Consul's DNS has answered since this configuration runs, with a name that does not exist too. */
  async answers(): Promise<number> {
    const stats = await this.command('show resolvers');
    const count = (name: string) => Number(new RegExp(`^\\s*${name}:\\s*(\\d+)`, 'm').exec(stats)?.[1] ?? 0);
    return count('valid') + count('nx');
  }

  /** The slots that have an address. */
  async servers(): Promise<HaproxyServer[]> {
    const lines = (await this.command('show stat')).trim().split('\n');
    const columns = (lines[0] ?? '').replace(/^# /, '').split(',');
    const at = (column: string) => columns.indexOf(column);
    return lines
      .slice(1)
      .map((line) => line.split(','))
      .filter((cells) => cells[at('type')] === '2')
      .map((cells) => ({
        backend: cells[at('pxname')] ?? '',
        name: cells[at('svname')] ?? '',
        weight: Number(cells[at('weight')]),
        up: /^(UP|no check)/.test(cells[at('status')] ?? ''),
      }));
  }

  get statsSocket(): string {
    return `${this.#supervisor.folder}/haproxy.sock`;
  }

  get stateFile(): string {
    return `${this.#supervisor.folder}/haproxy.state`;
  }

  get #logFile(): string {
    return `${this.#supervisor.folder}/haproxy.log`;
  }

  async #keepState(state: string): Promise<void> {
    await writeFile(`${this.stateFile}.new`, state);
    await rename(`${this.stateFile}.new`, this.stateFile);
  }
}
