import type { ConsulHttp } from '@/e2e/world/consul-http';
import type { ServiceRecord } from '@/lib/fleet/model';
import { putInstance } from './catalog';
import type { Frame } from './stream-reader';

/** Of one service, at this number of its versions. */
export interface Deployed {
  readonly service: string;
  readonly version: number;
}

/** Services that are deployed again and again, each time in a version of its own: 1, 2, 3 … Each has one instance, `dc1/edge/<service>`. */
export class Deployments {
  /** What Consul acknowledged last, by service. */
  readonly acknowledged = new Map<string, number>();
  #ended = false;
  #running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly consul: ConsulHttp,
    readonly services: readonly string[],
  ) {}

  /** @param seen resolves when the next version of this service may follow */
  start(seen: (deployed: Deployed) => Promise<unknown>): void {
    this.#running = Promise.all(this.services.map((service) => this.#deploy(service, seen)));
  }

  async stop(): Promise<void> {
    this.#ended = true;
    await this.#running;
  }

  async #deploy(service: string, seen: (deployed: Deployed) => Promise<unknown>): Promise<void> {
    for (let version = 1; !this.#ended; version += 1) {
      await putInstance(this.consul, { node: 'edge', service, meta: { version: String(version) } });
      this.acknowledged.set(service, version);
      await seen({ service, version });
    }
  }
}

/** What a frame of the topic `fleet` shows of versions, and when Lictor saw it. */
export function deployedIn(frame: Frame): (Deployed & { readonly observedAtMs: number })[] {
  if (frame.event !== 'change' || frame.data.topic !== 'fleet') return [];
  const observedAtMs = Date.parse(frame.data.observedAt);
  return frame.data.changes.flatMap(({ value }) => {
    const { name: service, versions } = (value ?? {}) as Partial<ServiceRecord>;
    const [version] = Object.keys(versions ?? {});
    return service !== undefined && version !== undefined ? [{ service, version: Number(version), observedAtMs }] : [];
  });
}
