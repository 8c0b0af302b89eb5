import type { ConsulRequest, ConsulTransport } from './consul/transport';
import type { Federations } from './fleet/configuration/federations';
import type { OpenAddress } from './open-address';
import type { SharedHome } from './open-home';
import type { ReleaseConsul } from './release/release-consul';

/** What asks and changes nothing, though it is not sent as a GET. */
const ASKS = '/v1/internal/acl/authorize';

/**
 * Consul as releases use it. What is written goes out with the token that writes and never with another one; what is read goes out with the token that reads
 * where there is none that writes.
 */
export function openReleaseConsul(
  addresses: readonly OpenAddress[],
  home: SharedHome,
  federations: Federations,
): ReleaseConsul {
  const transports = new Map<string, ConsulTransport>();
  const open = (dc: string): ConsulTransport => {
    const [first] = addresses;
    const address = addresses.find(({ datacenters }) => datacenters?.includes(dc) ?? true) ?? first;
    if (!address) throw new Error('There is no Consul address.');
    const reading = address.transportOf(dc, () => home.token() ?? address.tokenOf(dc));
    const writing = address.transportOf(dc, home.token);
    return new ReleaseTransport(reading, writing);
  };
  return {
    transportOf: (dc) => {
      const transport = transports.get(dc) ?? open(dc);
      transports.set(dc, transport);
      return transport;
    },
    primaryOf: (dc) => federations.primaryOf(dc),
    copiesOf: (primary) => federations.copiesOf(primary),
    signingSecret: home.token,
    home: () => home.known?.datacenter ?? null,
  };
}

class ReleaseTransport implements ConsulTransport {
  constructor(
    private readonly reading: ConsulTransport,
    private readonly writing: ConsulTransport,
  ) {}

  request(request: ConsulRequest) {
    const isRead = (request.method ?? 'GET') === 'GET' || request.path === ASKS;
    return (isRead ? this.reading : this.writing).request(request);
  }

  get stats() {
    return this.reading.stats;
  }

  get waitingCapacity() {
    return this.reading.waitingCapacity;
  }

  get oldestUnreadMs() {
    return this.reading.oldestUnreadMs;
  }

  close() {
    return this.reading.close();
  }
}
