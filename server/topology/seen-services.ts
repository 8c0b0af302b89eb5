import { serviceKey } from '@/lib/fleet/keys';
import type { Instance, ServiceRecord } from '@/lib/fleet/model';
import type { ServiceTold } from '@/lib/topology/topology-book';

/** A service as the fleet has it now. */
export interface SeenService {
  readonly service: ServiceRecord;
  readonly instances: readonly Instance[];
}

/** Hands on services that differ from what was handed on before, with the metadata that all their instances agree on. */
export class SeenServices {
  readonly #seen = new Map<string, SeenService>();

  constructor(private readonly tell: (told: ServiceTold) => void) {}

  /** @param next undefined: it is not there */
  see(dc: string, name: string, next: SeenService | undefined): void {
    const key = serviceKey(dc, name);
    const before = this.#seen.get(key);
    // The fleet keeps what does not differ.
    if (before?.service === next?.service && before?.instances === next?.instances) return;
    if (next) this.#seen.set(key, { service: next.service, instances: next.instances });
    else this.#seen.delete(key);
    this.tell({ key, dc, name, record: next?.service ?? null, meta: commonMeta(next?.instances ?? []) });
  }

  /** Datacenters in which a service of this name is. */
  placesOf(name: string, datacenters: Iterable<string>): string[] {
    return [...datacenters].filter((dc) => this.#seen.has(serviceKey(dc, name)));
  }
}

function commonMeta([first, ...others]: readonly Instance[]): Record<string, string> {
  if (!first) return {};
  const agreed = Object.entries(first.meta).filter(([key, value]) => others.every(({ meta }) => meta[key] === value));
  return Object.fromEntries(agreed);
}
