// A worked consumer of policy documents: the gateway of one service. It knows Consul's API and the published schema, and nothing of Lictor. It ends with
// the process that started it, whose end closes the channel.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { follow } from './blocking-query';
import { chooseVersion } from './choose-version';
import { forward } from './forward';
import type { GatewayOptions, GatewayReply } from './gateway-messages';
import { GatewayMetrics } from './gateway-metrics';
import { type Target, targetsByVersion } from './instances';
import { type Policy, readPolicy } from './policy';

/** Of instances, for one request. A body that was sent once is gone, so that what has one is tried once. */
const MOST_TRIES = 3;
const CAN_BE_ASKED_AGAIN = ['GET', 'HEAD'];

class GatewayServer {
  readonly #options: GatewayOptions;
  readonly #metrics: GatewayMetrics;
  #policy: Policy | null = null;
  #passing = new Map<string, Target[]>();
  #turn = 0;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#metrics = new GatewayMetrics(options.service);
  }

  /** Resolves with the port when policy and instances are read and it listens. */
  async open(): Promise<number> {
    await Promise.all([this.#followPolicy(), this.#followInstances()]);
    const server = createServer((request, response) => void this.#answer(request, response));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#options.port, '127.0.0.1', resolve);
    });
    return (server.address() as AddressInfo).port;
  }

  #followPolicy(): Promise<void> {
    const { service, policyPrefix = 'lictor/traffic/' } = this.#options;
    const name = encodeURIComponent(service);
    // A name of dots alone would be another path.
    const key = policyPrefix + (/^\.+$/.test(name) ? name.replaceAll('.', '%2E') : name);
    return this.#follow(`/v1/kv/${key.split('/').map(encodeURIComponent).join('/')}?raw`, 'the policy', (body) => {
      try {
        this.#policy = body === null ? null : readPolicy(body, service);
      } catch (error) {
        this.#metrics.refusePolicy();
        throw error;
      }
    });
  }

  #followInstances(): Promise<void> {
    const { service, versionMetaKey = 'version' } = this.#options;
    return this.#follow(`/v1/health/service/${encodeURIComponent(service)}?passing`, 'the instances', (body) => {
      this.#passing = targetsByVersion(body ?? '[]', versionMetaKey);
    });
  }

  #follow(path: string, what: string, heard: (body: string | null) => void): Promise<void> {
    const { consul, token = null, dc } = this.#options;
    const url = new URL(path, consul);
    url.searchParams.set('dc', dc);
    let said = '';
    const failed = (reason: string) => {
      if (reason !== said) console.error(`gateway: ${what} could not be read (${reason}): what was read last stays.`);
      said = reason;
    };
    const taken = (body: string | null) => {
      try {
        heard(body);
      } catch (error) {
        failed(error instanceof Error ? error.message : String(error));
      }
    };
    return follow({ url, token, heard: taken, failed });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/metrics') {
      response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8');
      response.end(this.#metrics.text());
      return;
    }
    const untried = new Map([...this.#passing].map(([version, targets]) => [version, [...targets]]));
    const tries = CAN_BE_ASKED_AGAIN.includes(request.method ?? '') ? MOST_TRIES : 1;
    for (let tried = 0; tried < tries; tried += 1) {
      const choice = chooseVersion({
        policy: this.#policy,
        passing: untried,
        headers: request.headers,
        random: Math.random,
      });
      const target = choice && this.#takeTurn(untried.get(choice.version) ?? []);
      if (!choice || !target) break;
      response.removeHeader('x-gateway-fallback');
      response.setHeader('x-gateway-version', encodeURIComponent(choice.version));
      response.setHeader('x-gateway-by', choice.by);
      response.setHeader('x-gateway-policy', this.#policy?.version ?? 'none');
      if (choice.fallback !== null) response.setHeader('x-gateway-fallback', encodeURIComponent(choice.fallback));
      const status = await forward(request, response, target);
      if (status !== null) return this.#metrics.count(choice.version, status);
    }
    const isNobodyThere = this.#passing.size === 0;
    this.#metrics.count(null, isNobodyThere ? 503 : 502);
    response.statusCode = isNobodyThere ? 503 : 502;
    response.end(isNobodyThere ? 'No instance passes.\n' : 'No instance could be asked.\n');
  }

  /** Takes the next of them out, in turn. */
  #takeTurn(targets: Target[]): Target | undefined {
    this.#turn += 1;
    return targets.splice(this.#turn % Math.max(1, targets.length), 1)[0];
  }
}

const reply = (message: GatewayReply): unknown => process.send?.(message);

process.once('message', (options: GatewayOptions) => {
  new GatewayServer(options).open().then(
    (port) => reply({ port }),
    (error: unknown) => reply({ error: error instanceof Error ? error.message : String(error) }),
  );
});
process.once('disconnect', () => process.exit(0));
