import { serviceKey } from '@/lib/fleet/keys';
import type { Proxies } from '@/lib/fleet/observe-proxies';
import type { Clock } from '@/server/consul/clock';
import type { FleetStep } from './fleet-step';
import { isGateway, type ProxiesSaid, sidecarEdges } from './sidecar-edges';
import type { TopologyTold } from './told';

export interface SidecarSourceOptions {
  readonly clock: Clock;
  readonly told: TopologyTold;
  serviceOfQuery(dc: string, query: string): string | null;
  /** Which gateways serve services in a datacenter may have changed: `gatewaysOf` tells. */
  onGateways(dc: string): void;
}

interface Known {
  readonly dc: string;
  readonly name: string;
  readonly proxies: Proxies;
  readonly said: ProxiesSaid;
  readonly isServing: boolean;
}

const SERVING = new Set(['ingress-gateway', 'terminating-gateway', 'api-gateway']);

/** Upstreams of sidecars, as the fleet's own answers bring them: nothing is asked for them. */
export class SidecarSource {
  readonly #options: SidecarSourceOptions;
  /** By the key of the proxy's own service. */
  readonly #known = new Map<string, Known>();

  constructor(options: SidecarSourceOptions) {
    this.#options = options;
  }

  onService({ dc, name, next }: FleetStep): void {
    const key = serviceKey(dc, name);
    const known = this.#known.get(key);
    // The fleet keeps what does not differ.
    if (known?.proxies === next?.proxies) return;
    if (next?.proxies) this.#tell(key, dc, name, next.proxies);
    else {
      this.#known.delete(key);
      this.#options.told.untell(idOf(key));
    }
    if (known?.isServing || this.#known.get(key)?.isServing) this.#options.onGateways(dc);
  }

  /** Where prepared queries lead to may have changed. */
  onQueries(dc: string): void {
    for (const [key, known] of this.#known) {
      if (known.dc === dc && known.said.queries.size > 0) this.#tell(key, dc, known.name, known.proxies);
    }
  }

  /** Names of the gateways of a datacenter that serve services. */
  gatewaysOf(dc: string): ReadonlySet<string> {
    const all = [...this.#known.values()].filter((known) => known.dc === dc && known.isServing);
    return new Set(all.map(({ name }) => name));
  }

  /** What its upstreams leave out, a sentence; null: nothing. */
  leftOut(dc: string): string | null {
    const all = [...this.#known.values()].filter((known) => known.dc === dc);
    const transparent = all.filter(({ said }) => said.isTransparent).length;
    const queries = new Set(all.flatMap(({ said }) => [...said.unknownQueries]));
    const parts = [
      ...(transparent > 0
        ? [`${transparent} services have transparent proxies, which may call whatever intentions allow`]
        : []),
      ...(queries.size > 0 ? [`where ${queries.size} prepared queries lead to is not known`] : []),
    ];
    return parts.length === 0 ? null : `Not every upstream in ${dc} is shown: ${parts.join('; ')}.`;
  }

  #tell(key: string, dc: string, name: string, proxies: Proxies): void {
    const { told, clock, serviceOfQuery } = this.#options;
    const nowMs = clock.now();
    const said = sidecarEdges({ dc, name }, proxies.values(), (query) => serviceOfQuery(dc, query), nowMs);
    const isServing = [...proxies.values()].some((proxy) => isGateway(proxy) && SERVING.has(proxy.kind));
    this.#known.set(key, { dc, name, proxies, said, isServing });
    told.tell({ id: idOf(key), edges: said.edges, nodes: said.nodes }, nowMs);
  }
}

const idOf = (key: string): string => `sidecars ${key}`;
