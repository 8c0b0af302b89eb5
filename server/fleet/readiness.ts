import { LOST_AFTER_MS } from '@/lib/fleet/freshness';
import type { ConsulReach } from '@/lib/fleet/model';
import type { Readiness } from '@/lib/system/readiness';

/**
 * Ready once every datacenter is read or known to be out of reach. While Consul has named none, that is known only after
 * it has been silent as long as makes a datacenter lost.
 */
export function judgeReadiness(datacenters: Readiness['datacenters'], consul: ConsulReach, upMs: number): Readiness {
  if (datacenters.length === 0) {
    const ready = upMs > LOST_AFTER_MS;
    const detail = `Consul at ${consul.address} has named no datacenter: ${consul.reason ?? 'it lists none.'}`;
    return { ready, detail, datacenters };
  }
  const syncing = datacenters.filter(({ state }) => state === 'syncing').map(({ name }) => name);
  const detail =
    syncing.length > 0
      ? `Reading ${syncing.join(', ')} for the first time.`
      : 'Every datacenter is read or known to be out of reach.';
  return { ready: syncing.length === 0, detail, datacenters };
}
