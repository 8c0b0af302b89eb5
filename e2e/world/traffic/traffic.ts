import { Supervisor } from '@/e2e/world/supervised';
import { until } from '@/e2e/world/until';
import type { World } from '@/e2e/world/world';
import { Haproxy } from './haproxy';
import type { FrontedService } from './haproxy-config';
import { Load, type LoadOptions } from './load';
import { Prometheus, type ScrapeTarget } from './prometheus';
import { versionsIn, watchVersions } from './version-watch';

export interface TrafficOptions {
  /** Started with `dns: true`. */
  datacenter: string;
  /** Services that HAProxy stands before. */
  services: readonly string[];
  /** Instances of one version that HAProxy has room for; 10 by default. */
  slotsPerVersion?: number;
  /** What Prometheus reads beside HAProxy. */
  targets?: readonly ScrapeTarget[];
}

const RESOLVE_EVERY_MS = 500;

/** Real traffic on a world: HAProxy follows Consul's DNS, Prometheus reads HAProxy, and load can be sent. It ends with its world. */
export class Traffic {
  readonly haproxy: Haproxy;
  readonly prometheus: Prometheus;
  readonly exporterPort: number;
  readonly #world: World;
  readonly #services = new Map<string, FrontedService>();
  readonly #supervisor: Supervisor;
  readonly #ending = new AbortController();
  readonly #loads = new Set<Load>();
  #resolveEveryMs = RESOLVE_EVERY_MS;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    world: World,
    parts: { supervisor: Supervisor; haproxy: Haproxy; prometheus: Prometheus },
    exporterPort: number,
  ) {
    this.#world = world;
    this.#supervisor = parts.supervisor;
    this.haproxy = parts.haproxy;
    this.prometheus = parts.prometheus;
    this.exporterPort = exporterPort;
  }

  /** The port on loopback where HAProxy takes requests for a service. */
  portOf(service: string): number {
    const fronted = this.#services.get(service);
    if (fronted === undefined) throw new Error(`HAProxy does not stand before ${service}.`);
    return fronted.port;
  }

  /** Sends requests to a service through HAProxy. */
  load(service: string, options: Omit<LoadOptions, 'port'>): Load {
    const load = new Load({ ...options, port: this.portOf(service) });
    this.#loads.add(load);
    return load;
  }

  /** The weights that HAProxy gives a service's versions now, by the name of the slot; those that take requests alone. */
  async weightsOf(service: string): Promise<Record<string, number>> {
    const servers = await this.haproxy.servers();
    return Object.fromEntries(
      servers.filter(({ backend, up }) => backend === service && up).map(({ name, weight }) => [name, weight]),
    );
  }

  /** Puts a service behind HAProxy, with the versions that it has now; what comes and goes later is followed. */
  async front(datacenter: string, service: string): Promise<void> {
    const consul = this.#world.consul(datacenter);
    const known = versionsIn(await consul.get(`/v1/catalog/service/${encodeURIComponent(service)}`));
    this.#services.set(service, { name: service, port: await this.#world.takePort(), versions: known });
    void watchVersions(consul, service, this.#ending.signal, async (versions) => {
      const before = this.#services.get(service);
      if (before === undefined || before.versions.join('\n') === versions.join('\n')) return;
      this.#services.set(service, { ...before, versions });
      await this.reload();
    });
  }

  /** How often HAProxy asks Consul's DNS from now on, ms; it is reloaded for that. Resolves when it has its first answers. */
  async resolveEvery(ms: number): Promise<void> {
    this.#resolveEveryMs = ms;
    await this.reload();
    const names = [...this.#services.values()].reduce((sum, { versions }) => sum + versions.length, 0);
    await until('HAProxy to have asked for every version', async () => (await this.haproxy.answers()) >= names);
  }

  /** One after the other. */
  reload(): Promise<void> {
    const reloaded = this.#turn.then(async () => {
      if (!this.#ending.signal.aborted)
        await this.haproxy.run({ services: [...this.#services.values()], resolveEveryMs: this.#resolveEveryMs });
    });
    this.#turn = reloaded.catch(() => undefined);
    return reloaded;
  }

  /** Resolves when every service has a server that takes requests. */
  async flowing(): Promise<void> {
    for (const service of this.#services.keys()) {
      await until(
        `HAProxy to know an instance of ${service}`,
        async () => Object.keys(await this.weightsOf(service)).length > 0,
      );
    }
  }

  async stop(): Promise<void> {
    if (this.#ending.signal.aborted) return;
    this.#ending.abort();
    await Promise.all([...this.#loads].map((load) => load.stop()));
    await this.#turn;
    await this.#supervisor.end();
  }
}

export async function startTraffic(world: World, options: TrafficOptions): Promise<Traffic> {
  const { datacenter, services, slotsPerVersion = 10, targets = [] } = options;
  const { dns } = world.node(`${datacenter}-server-1`).plan.ports;
  if (dns === null) throw new Error('HAProxy follows Consul by DNS: start the world with `dns: true`.');
  const supervisor = new Supervisor();
  const exporterPort = await world.takePort();
  const haproxy = new Haproxy(supervisor, { datacenter, dnsPort: dns, exporterPort, slotsPerVersion });
  const prometheus = new Prometheus(supervisor, await world.takePort());
  const traffic = new Traffic(world, { supervisor, haproxy, prometheus }, exporterPort);
  world.accompany(() => traffic.stop());
  for (const service of services) await traffic.front(datacenter, service);
  await traffic.reload();
  await prometheus.start([{ job: 'haproxy', port: exporterPort, labels: { datacenter } }, ...targets]);
  await traffic.flowing();
  return traffic;
}
