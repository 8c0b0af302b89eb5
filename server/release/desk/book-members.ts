import type { FleetView } from '@/server/release/fleet-view';
import type { DeclaredServices } from './declared-services';
import type { ServiceWishes } from './service-wishes';

/** As Consul names the proxy beside an instance. */
const SIDECAR = '-sidecar-proxy';

/** Which services are in the book: those with more than one version, a wish, or something that declares a split. */
export class BookMembers {
  constructor(
    private readonly fleet: Pick<FleetView, 'service'>,
    private readonly declared: DeclaredServices,
    private readonly wishes: ServiceWishes,
  ) {}

  has(key: string): boolean {
    if (this.wishes.wishOf(key)) return true;
    const service = this.fleet.service(key)?.service;
    if (!service) return false;
    if (Object.keys(service.versions).length > 1 && !this.#isSidecar(key)) return true;
    return this.declared.declares(key);
  }

  /** The key of its proxy, which is in the book or not with the service. */
  sidecarOf(key: string): string {
    return `${key}${SIDECAR}`;
  }

  /** Whether it is the proxy beside a service: who divides traffic divides that of the service. */
  #isSidecar(key: string): boolean {
    return key.endsWith(SIDECAR) && this.fleet.service(key.slice(0, -SIDECAR.length)) !== undefined;
  }
}
