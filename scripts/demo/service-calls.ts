import { createServer, get, Agent as HttpAgent } from 'node:http';
import { connect } from 'node:net';
import { follow } from '@/e2e/world/gateway/blocking-query';
import { type Target, targetsByVersion } from '@/e2e/world/gateway/instances';
import { type CalledPair, ServiceGraphMetrics } from './service-graph-metrics';

/** A service that calls another, again and again. */
export interface ServiceCall {
  readonly datacenter: string;
  readonly client: string;
  readonly server: string;
  /** Its instances take connections, and speak no HTTP. */
  readonly isTcp: boolean;
  readonly connectionType: CalledPair['connectionType'];
  readonly ratePerSecond: number;
  /** Datacenters whose instances are called, the first that has one that passes. */
  readonly served: readonly string[];
}

export interface ServiceCallsOptions {
  readonly calls: readonly ServiceCall[];
  /** Address of a Consul agent in a datacenter. */
  readonly consulOf: (datacenter: string) => string;
  /** Where what was called is told, on loopback. */
  readonly port: number;
}

const TIMEOUT_MS = 2_000;

/**
 * Sends each caller's requests to an instance that passes, as its sidecar would do, and counts them. A caller without a passing instance calls nobody; what nobody
 * serves fails.
 */
export class ServiceCalls {
  readonly #options: ServiceCallsOptions;
  readonly #metrics = new ServiceGraphMetrics();
  readonly #agent = new HttpAgent({ keepAlive: true });
  readonly #timers = new Set<NodeJS.Timeout>();
  #isEnded = false;
  /** By datacenter and name. */
  readonly #passing = new Map<string, readonly Target[]>();
  readonly #server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8');
    response.end(this.#metrics.text());
  });
  #turn = 0;

  constructor(options: ServiceCallsOptions) {
    this.#options = options;
  }

  /** Resolves when all instances are known, and calls begin. */
  async start(): Promise<void> {
    const { calls, port } = this.#options;
    const wanted = new Map(
      calls.flatMap(({ datacenter, client, server, served }) =>
        [[datacenter, client] as const, ...served.map((dc) => [dc, server] as const)].map((one) => [
          one.join('/'),
          one,
        ]),
      ),
    );
    await Promise.all([...wanted.values()].map(([dc, name]) => this.#follow(dc, name)));
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', resolve);
    });
    for (const call of calls) this.#repeat(call);
  }

  async stop(): Promise<void> {
    this.#isEnded = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#agent.destroy();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #follow(dc: string, name: string): Promise<void> {
    const url = new URL(`/v1/health/service/${encodeURIComponent(name)}?passing`, this.#options.consulOf(dc));
    return follow({
      ...{ url, token: null },
      heard: (body) => {
        this.#passing.set(`${dc}/${name}`, [...targetsByVersion(body ?? '[]', 'version').values()].flat());
      },
      // What was known last stays.
      failed: () => undefined,
    });
  }

  /** Not all at one moment. */
  #repeat(call: ServiceCall): void {
    const everyMs = 1_000 / call.ratePerSecond;
    const begin = () => this.#timers.add(setInterval(() => void this.#call(call), everyMs));
    this.#timers.add(setTimeout(begin, Math.random() * everyMs));
  }

  async #call({ datacenter, client, server, isTcp, connectionType, served }: ServiceCall): Promise<void> {
    if (this.#targets(datacenter, client).length === 0) return;
    const place = served.find((dc) => this.#targets(dc, server).length > 0);
    const targets = place === undefined ? [] : this.#targets(place, server);
    const target = targets[this.#turn++ % Math.max(1, targets.length)];
    const beganAtMs = performance.now();
    const isServed = target !== undefined && (await (isTcp ? this.#connect(target) : this.#get(target)));
    if (this.#isEnded) return;
    const pair = {
      client,
      clientDatacenter: datacenter,
      server,
      serverDatacenter: place ?? datacenter,
      connectionType,
    };
    this.#metrics.count(pair, { isFailed: !isServed, tookMs: performance.now() - beganAtMs });
  }

  #targets(dc: string, name: string): readonly Target[] {
    return this.#passing.get(`${dc}/${name}`) ?? [];
  }

  #get({ host, port }: Target): Promise<boolean> {
    return new Promise((resolve) => {
      const request = get({ host, port, path: '/', agent: this.#agent, timeout: TIMEOUT_MS }, (answer) => {
        answer.once('error', () => resolve(false));
        answer.once('end', () => resolve((answer.statusCode ?? 500) < 500));
        answer.resume();
      });
      request.once('timeout', () => request.destroy());
      request.once('error', () => resolve(false));
    });
  }

  #connect({ host, port }: Target): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect({ host, port, timeout: TIMEOUT_MS });
      const end = (isServed: boolean) => {
        socket.destroy();
        resolve(isServed);
      };
      socket.once('connect', () => end(true));
      socket.once('timeout', () => end(false));
      socket.once('error', () => end(false));
    });
  }
}
