import type { AllowedDestination } from '@/server/config/allowed-destination';
import { addressBytes, isWithin } from './address-bytes';
import { internalAddress } from './internal-address';

/** Decides where webhooks may go: the public internet, and of what is internal what was named. */
export class AllowList {
  readonly #hosts: ReadonlySet<string>;
  readonly #networks: readonly { readonly bytes: Uint8Array; readonly length: number }[];

  constructor(destinations: readonly AllowedDestination[]) {
    this.#hosts = new Set(destinations.flatMap((one) => (one.kind === 'host' ? [one.host] : [])));
    this.#networks = destinations.flatMap((one) => {
      const bytes = one.kind === 'network' ? addressBytes(one.address) : null;
      if (one.kind === 'host' || bytes === null) return [];
      // An IPv4 network that is written as an IPv6 one.
      const length = one.family === 'ipv6' && bytes.length === 4 ? Math.max(0, one.prefix - 96) : one.prefix;
      return [{ bytes, length }];
    });
  }

  /** Why that host may not be reached at that address, the end of a sentence; null: it may. */
  refusal(host: string, address: string): string | null {
    const is = internalAddress(address);
    if (is === null || this.#hosts.has(host.toLowerCase().replace(/\.$/, ''))) return null;
    const bytes = addressBytes(address);
    if (bytes !== null && this.#networks.some((one) => isWithin(bytes, one.bytes, one.length))) return null;
    return `${address} is an internal address (${is}), and alerts.webhookAllow does not name it`;
  }
}
