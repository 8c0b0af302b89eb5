import type { Settings } from './config/settings';
import { agentPlace } from './consul/agent-place';
import { ConsulClient } from './consul/consul-client';
import { datacenterTransport } from './consul/datacenter-transport';
import { tokenSource } from './consul/token-source';
import type { ConsulTransport } from './consul/transport';
import type { OpenAddress } from './open-address';

/** A call of the client hangs no longer than this, ms: three of them fit into the life of a session. */
const CALL_LIMIT_MS = 2_500;

/** Where Lictor's own keys are. */
export interface Home {
  readonly address: OpenAddress;
  /** Null: the asked agent's own, which it does not name. */
  readonly datacenter: string | null;
  readonly client: ConsulClient;
  /** With the token that writes. */
  readonly transport: ConsulTransport;
}

/** The home datacenter, sought once for all that keep something there. */
export class SharedHome {
  readonly #named: string | null;
  readonly #addresses: readonly OpenAddress[];
  #known: Home | null = null;
  /** The token that writes as of now. */
  readonly token: () => string | null;

  constructor({ leadership }: Pick<Settings, 'leadership'>, addresses: readonly OpenAddress[]) {
    this.#named = leadership.homeDatacenter;
    this.#addresses = addresses;
    this.token = tokenSource(null, leadership.writeTokenFile);
  }

  /** Null: it was not found yet. */
  get known(): Home | null {
    return this.#known;
  }

  /**
   * The named one, else the primary of the federation where it is read, else that of the first address.
   * @throws ConsulError where Consul does not answer
   */
  async find(signal: AbortSignal): Promise<Home> {
    if (this.#known) return this.#known;
    const [first] = this.#addresses;
    if (first === undefined) throw new Error('There is no Consul address.');
    const named = this.#named;
    const place = named === null ? await agentPlace(first.transport, signal) : null;
    const serves = (datacenter: string | null | undefined) =>
      datacenter == null
        ? undefined
        : this.#addresses.find(({ datacenters }) => datacenters?.includes(datacenter) ?? true);
    const wanted = [named, place?.primary, place?.datacenter].find((datacenter) => serves(datacenter));
    const address = serves(wanted) ?? first;
    const { token } = this;
    // Two may have asked at the same time.
    this.#known ??= {
      address,
      datacenter: wanted ?? first.datacenters?.[0] ?? null,
      client: new ConsulClient({ ...address.consul, token }, CALL_LIMIT_MS),
      transport: datacenterTransport(address.transport, { token, tenancy: null }),
    };
    return this.#known;
  }

  close(): void {
    this.#known?.client.close();
  }
}
