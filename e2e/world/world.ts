import type { WorldTokens } from './acl';
import type { ConsulAgent, TlsFiles } from './agent';
import type { ConsulHttp } from './consul-http';
import { type Datacenter, synced } from './datacenter';
import type { PortPool } from './port-pool';
import type { Shop } from './shop';
import { shopCatalog } from './shop-catalog';
import type { FlipStatus, ShopInstance } from './shop-instance';
import type { Supervisor } from './supervised';
import { until } from './until';
import type { Wan } from './wan';

/** An instance, or its key `<dc>/<node>/<service id>`. */
export type InstanceRef = ShopInstance | string;

/** A service definition as `/v1/agent/service/register` takes it. */
export type ServiceDefinition = { Name: string; ID?: string } & Record<string, unknown>;

export interface DeployOptions {
  /** Where; every datacenter that has the service by default. */
  datacenter?: string;
  /** Called between two instances of a rolling deployment, to pace it. */
  pause?: () => Promise<void>;
}

export interface WorldParts {
  datacenters: Datacenter[];
  shops: Map<string, Shop>;
  supervisor: Supervisor;
  pool: PortPool;
  tls: TlsFiles | null;
  tokens: WorldTokens | null;
  wan: Wan | null;
}

/** A running world, and everything that can happen in it. `startWorld` makes one. */
export class World {
  readonly datacenters: WorldDatacenter[];
  /** Null in a world without TLS. */
  readonly tls: TlsFiles | null;
  /** Null in a world without ACLs. */
  readonly tokens: WorldTokens | null;
  readonly #byName: Map<string, Datacenter>;
  readonly #shops: Map<string, Shop>;
  readonly #supervisor: Supervisor;
  readonly #pool: PortPool;
  readonly #wan: Wan | null;
  readonly #companions: (() => Promise<void>)[] = [];
  #ended: Promise<void> | null = null;

  constructor({ datacenters, shops, supervisor, pool, tls, tokens, wan }: WorldParts) {
    this.#wan = wan;
    this.tls = tls;
    this.tokens = tokens;
    this.#byName = new Map(datacenters.map((datacenter) => [datacenter.name, datacenter]));
    this.#shops = shops;
    this.#supervisor = supervisor;
    this.#pool = pool;
    this.datacenters = datacenters.map(({ name, server, servers, clients }) => ({
      name,
      serverHttp: server.http,
      serverHttps: server.https,
      server,
      servers,
      clients,
    }));
  }

  /** Bare HTTP to the server of a datacenter. */
  consul(datacenter: string): ConsulHttp {
    return this.#datacenter(datacenter).server.consul;
  }

  /** An agent by its node name, such as `dc1-client-2`. */
  node(name: string): ConsulAgent {
    for (const { servers, clients } of this.#byName.values()) {
      const agent = [...servers, ...clients].find((one) => one.name === name);
      if (agent !== undefined) return agent;
    }
    throw new Error(`No node ${name} is in this world.`);
  }

  /** Every shop instance that is registered; of one service, or one service in one datacenter, if asked so. */
  instances(service?: string, datacenter?: string): ShopInstance[] {
    return [...this.#shops.values()]
      .flatMap((shop) => shop.instances())
      .filter((one) => service === undefined || one.service === service)
      .filter((one) => datacenter === undefined || one.datacenter === datacenter);
  }

  /** Changes what the instance's own server answers, and resolves when it does so; its agent finds out at its next check, within a second. */
  async flip(instance: InstanceRef, status: FlipStatus, output?: string): Promise<void> {
    await this.#shopOf(instance).flip(keyOf(instance), status, output);
  }

  /** The instance's listeners close, as in a crash; it stays registered. */
  async kill(instance: InstanceRef): Promise<void> {
    await this.#shopOf(instance).kill(keyOf(instance));
  }

  /** A killed instance listens again, healthy. */
  async revive(instance: InstanceRef): Promise<void> {
    await this.#shopOf(instance).revive(keyOf(instance));
  }

  /** The instance is deregistered at its agent and stops. */
  async drain(instance: InstanceRef): Promise<void> {
    await this.#shopOf(instance).drain(keyOf(instance));
  }

  /** Rolls a version out: instance by instance a new one registers, becomes passing, and an old one leaves. Resolves with the new ones. */
  async deploy(
    serviceName: string,
    version: string,
    { datacenter, pause }: DeployOptions = {},
  ): Promise<ShopInstance[]> {
    const service = shopCatalog.find(({ name }) => name === serviceName);
    if (service === undefined) throw new Error(`The shop has no service ${serviceName}.`);
    const added: ShopInstance[] = [];
    for (const [turn, old] of this.instances(serviceName, datacenter).entries()) {
      const shop = this.#shopOf(old);
      const fresh = await shop.add(service, version, turn);
      await shop.passing([fresh.key]);
      await pause?.();
      await shop.drain(old.key);
      added.push(fresh);
    }
    return added;
  }

  /** Puts an instance into maintenance for a reason, or takes it out again with null. */
  async setMaintenance(instance: InstanceRef, reason: string | null): Promise<void> {
    const { node, id } = this.#shopOf(instance).find(keyOf(instance));
    const path = `/v1/agent/service/maintenance/${encodeURIComponent(id)}`;
    await this.node(node).consul.put(`${path}?${maintenanceQuery(reason)}`);
  }

  async setNodeMaintenance(node: string, reason: string | null): Promise<void> {
    await this.node(node).consul.put(`/v1/agent/maintenance?${maintenanceQuery(reason)}`);
  }

  /** Kills the node's agent. Its `serfHealth` becomes critical about 2.5 s later. */
  async loseNode(node: string): Promise<void> {
    await this.node(node).kill();
  }

  /** Starts a lost node's agent again, with its services; resolves when it has brought the catalog up to date. */
  async returnNode(node: string): Promise<void> {
    const agent = this.node(node);
    await agent.start();
    await agent.ready();
    await synced(this.#datacenter(agent.datacenter));
  }

  /** SIGSTOP to a datacenter's server: connections stay open, nothing answers. */
  freeze(datacenter: string): void {
    this.#datacenter(datacenter).server.freeze();
  }

  thaw(datacenter: string): void {
    const { server, clients } = this.#datacenter(datacenter);
    server.thaw();
    for (const client of clients) client.unsettle();
  }

  /** Cuts every datacenter off from the others: each lives on, and what goes between them is lost without a word. */
  cutWan(): void {
    this.#cuttable.cut();
  }

  mendWan(): void {
    this.#cuttable.mend();
  }

  async stopServer(datacenter: string): Promise<void> {
    await this.#datacenter(datacenter).server.kill();
  }

  /** Starts a stopped server on its old ports with its old state; resolves when it leads. */
  async startServer(datacenter: string): Promise<void> {
    const { server, clients } = this.#datacenter(datacenter);
    await server.start();
    await server.ready();
    for (const client of clients) client.unsettle();
  }

  /**
   * Restarts a datacenter's server without its state, so that Consul's index goes back. Resolves when it leads; the client agents then register
   * what they know by anti-entropy (`synced` tells when).
   */
  async wipeServer(datacenter: string): Promise<void> {
    const { server, clients } = this.#datacenter(datacenter);
    if (this.tokens !== null) throw new Error('A world with ACLs cannot be wiped: its tokens would go too.');
    await server.kill();
    await server.forget();
    // An agent that never saw its server go takes the new one for the old, and waits up to a minute until it registers its services there.
    await Promise.all(clients.filter(({ pid }) => pid !== null).map((client) => serverGone(client, server.name)));
    await this.startServer(datacenter);
  }

  /** Resolves when every running agent of a datacenter has brought the catalog up to date since it started, or since its server was wiped. */
  async synced(datacenter: string): Promise<void> {
    await synced(this.#datacenter(datacenter));
  }

  /** Registers a service at a node's own agent; the caller serves what its checks ask. */
  async register(node: string, definition: ServiceDefinition): Promise<void> {
    await this.node(node).register(definition);
  }

  async deregister(node: string, serviceId: string): Promise<void> {
    await this.node(node).deregister(serviceId);
  }

  /** Resolves when every shop instance is passing in its catalog. */
  async allPassing(): Promise<void> {
    await Promise.all([...this.#shops.values()].map((shop) => shop.passing()));
  }

  /** A free port on loopback that no world on this machine gives away a second time. */
  takePort(): Promise<number> {
    return this.#pool.take();
  }

  /** What somebody else has started beside it ends with it, before it does. */
  accompany(end: () => Promise<void>): void {
    this.#companions.push(end);
  }

  /** Every process of this world that runs now. */
  pids(): number[] {
    const agents = [...this.#byName.values()].flatMap(({ servers, clients }) =>
      [...servers, ...clients].map(({ pid }) => pid),
    );
    const shops = [...this.#shops.values()].map(({ pid }) => pid);
    return [...agents, ...shops, this.#supervisor.pid].filter((pid) => typeof pid === 'number');
  }

  /** The folder of its files, gone after `stop`. */
  get folder(): string {
    return this.#supervisor.folder;
  }

  /** Ends every process of this world and removes its files. Can be called twice. */
  stop(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    for (const end of this.#companions.reverse()) await end();
    await Promise.all([...this.#shops.values()].map((shop) => shop.end()));
    await this.#supervisor.end();
    await this.#wan?.close();
    await this.#pool.release();
  }

  get #cuttable(): Wan {
    if (this.#wan === null) throw new Error('This world was started without `cuttableWan`.');
    return this.#wan;
  }

  #datacenter(name: string): Datacenter {
    const datacenter = this.#byName.get(name);
    if (datacenter === undefined) throw new Error(`No datacenter ${name} is in this world.`);
    return datacenter;
  }

  #shopOf(instance: InstanceRef): Shop {
    const key = keyOf(instance);
    for (const shop of this.#shops.values()) if (shop.has(key)) return shop;
    throw new Error(`No shop instance ${key} stands in this world.`);
  }
}

export interface WorldDatacenter {
  name: string;
  /** The server agent's address, such as `http://127.0.0.1:20101`. */
  serverHttp: string;
  /** The same over TLS; null in a world without. */
  serverHttps: string | null;
  /** The first of its servers; what happens to "the server" of a datacenter happens to this one. */
  server: ConsulAgent;
  /** All of them. */
  servers: ConsulAgent[];
  clients: ConsulAgent[];
}

function keyOf(instance: InstanceRef): string {
  return typeof instance === 'string' ? instance : instance.key;
}

function maintenanceQuery(reason: string | null): string {
  return reason === null ? 'enable=false' : `enable=true&reason=${encodeURIComponent(reason)}`;
}

const SERF_ALIVE = 1;

async function serverGone(client: ConsulAgent, serverName: string): Promise<void> {
  await until(`${client.name} to notice that ${serverName} is gone`, async () => {
    const members = await client.consul.get<{ Name: string; Status: number }[]>('/v1/agent/members');
    return members.find(({ Name }) => Name === serverName)?.Status !== SERF_ALIVE;
  });
}
