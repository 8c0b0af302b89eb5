import { answerProfile } from './answer-profile';
import type { Datacenter } from './datacenter';
import { instanceKey } from './instance-key';
import type { PortPool } from './port-pool';
import { type CheckTiming, registrationOf } from './registration';
import { type ShopService, shopCatalog } from './shop-catalog';
import { type FlipStatus, healthAnswer, type ShopInstance } from './shop-instance';
import { ShopProcess } from './shop-process';
import { until } from './until';

interface HealthCheck {
  CheckID: string;
  ServiceID: string;
  Node: string;
  Status: string;
}

/** The shop of one datacenter: real servers, registered at the client agents, which check them. */
export class Shop {
  readonly #datacenter: Datacenter;
  readonly #pool: PortPool;
  readonly #timing: CheckTiming;
  readonly #process = new ShopProcess();
  readonly #instances = new Map<string, ShopInstance>();
  readonly #numbers = new Map<string, number>();

  constructor(datacenter: Datacenter, pool: PortPool, timing: CheckTiming) {
    this.#datacenter = datacenter;
    this.#pool = pool;
    this.#timing = timing;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  instances(): ShopInstance[] {
    return [...this.#instances.values()];
  }

  has(key: string): boolean {
    return this.#instances.has(key);
  }

  /** @param position which column of the catalog's instance counts this datacenter follows */
  async open(position: number): Promise<void> {
    for (const [order, service] of shopCatalog.entries()) {
      const count = service.instances[position % service.instances.length] ?? 0;
      for (let n = 0; n < count; n += 1) {
        const version = service.versions[n % service.versions.length] ?? service.versions[0];
        await this.add(service, version, order + n);
      }
    }
  }

  /** Starts one more instance of a service and registers it; its checks begin critical, as everywhere with Consul. */
  async add(service: ShopService, version: string, turn: number): Promise<ShopInstance> {
    const { clients } = this.#datacenter;
    const agent = clients[turn % clients.length];
    if (agent === undefined) throw new Error(`The shop needs a client agent in ${this.#datacenter.name}.`);
    const number = (this.#numbers.get(service.name) ?? 0) + 1;
    this.#numbers.set(service.name, number);
    const bareKey = instanceKey(agent.datacenter, agent.name, service.name);
    const id = service.bareId === true && !this.#instances.has(bareKey) ? service.name : `${service.name}-${number}`;
    const port = await this.#pool.take();
    const instance: ShopInstance = {
      key: instanceKey(agent.datacenter, agent.name, id),
      datacenter: agent.datacenter,
      node: agent.name,
      id,
      service: service.name,
      version,
      protocol: service.protocol,
      port,
      healthPort: service.protocol === 'http' ? port : await this.#pool.take(),
    };
    await this.#openListeners(instance);
    await agent.register(registrationOf(instance, service, this.#timing));
    this.#instances.set(instance.key, instance);
    return instance;
  }

  /** Resolves when the server answers so; its agent finds out at its next check. */
  async flip(key: string, status: FlipStatus, output?: string): Promise<void> {
    await this.#process.ask({ kind: 'answer', key, health: healthAnswer(key, status, output) });
  }

  /** Closes its listeners, as a crash does; it stays registered. */
  async kill(key: string): Promise<void> {
    await this.#process.ask({ kind: 'close', key });
  }

  /** Opens the listeners of a killed instance again, healthy. */
  async revive(key: string): Promise<void> {
    await this.#openListeners(this.find(key));
  }

  /** Deregisters it, then stops its server. */
  async drain(key: string): Promise<void> {
    const instance = this.find(key);
    const agent = this.#datacenter.clients.find(({ name }) => name === instance.node);
    await agent?.deregister(instance.id);
    this.#instances.delete(key);
    await this.#process.ask({ kind: 'close', key });
  }

  /** Resolves when Consul's catalog shows every given instance (all, by default) with all its checks passing. */
  async passing(keys?: string[]): Promise<void> {
    const wanted = keys ?? [...this.#instances.keys()];
    const { name, server } = this.#datacenter;
    await until(
      `the shop of ${name} to be passing`,
      async () => {
        const checks = await server.consul.get<HealthCheck[]>('/v1/health/state/any');
        const seen = new Set<string>();
        const unwell = new Map<string, string>();
        for (const { Node, ServiceID, CheckID, Status } of checks) {
          const key = instanceKey(name, Node, ServiceID);
          seen.add(key);
          if (Status !== 'passing') unwell.set(key, `${CheckID} of ${key} is ${Status}`);
        }
        const reasons = wanted.flatMap(
          (key) => unwell.get(key) ?? (seen.has(key) ? [] : `${key} is not in the catalog`),
        );
        if (reasons.length > 0) throw new Error(reasons.join(', '));
        return true;
      },
      { everyMs: 100 },
    );
  }

  find(key: string): ShopInstance {
    const instance = this.#instances.get(key);
    if (instance === undefined) throw new Error(`No shop instance ${key} stands in ${this.#datacenter.name}.`);
    return instance;
  }

  async end(): Promise<void> {
    await this.#process.end();
  }

  async #openListeners(instance: ShopInstance): Promise<void> {
    const { key, service, version, id, node, protocol, port, healthPort } = instance;
    await this.#process.ask({
      kind: 'open',
      plan: { key, service, version, id, node, protocol, port, healthPort, profile: answerProfile(service, version) },
      health: healthAnswer(key, 'passing'),
    });
  }
}
