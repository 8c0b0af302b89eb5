import { consulTransport } from '@/server/consul/consul-transport';
import type { ReleaseConsul } from '@/server/release/release-consul';

/** Consul as releases see it, for tests that need no whole Lictor: one address, and one federation whose primary and home is dc1. */
export function releaseConsulAt(
  address: string,
  token: string | null = null,
): { readonly consul: ReleaseConsul; close(): Promise<void> } {
  const transport = consulTransport({ address, token: () => token, maxConnections: 32 });
  const consul: ReleaseConsul = {
    transportOf: () => transport,
    primaryOf: () => 'dc1',
    copiesOf: () => ['dc1'],
    signingSecret: () => token,
    home: () => 'dc1',
  };
  return { consul, close: () => transport.close() };
}
