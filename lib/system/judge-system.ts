import type { ConsulHealth } from './consul-health';
import { serverStatus } from './server-state';

/** What is wrong with Consul itself, the worst alone. `dcs` are those that it is said of. */
export type SystemVerdict =
  | { readonly kind: 'none' }
  | { readonly kind: 'lost' | 'electing' | 'unknown' | 'kept'; readonly dcs: readonly string[] }
  | { readonly kind: 'unwell'; readonly dcs: readonly string[]; readonly servers: number };

/** Judges all datacenters that are looked at. One that has not been looked at is one of which nothing is known. */
export function judgeSystem(
  datacenters: readonly { readonly name: string; readonly consul: ConsulHealth | null }[],
): SystemVerdict {
  if (datacenters.length === 0) return { kind: 'none' };
  const inState = (state: ConsulHealth['quorum']['state']) =>
    datacenters.filter(({ consul }) => (consul?.quorum.state ?? 'unknown') === state).map(({ name }) => name);
  for (const kind of ['lost', 'electing'] as const) {
    const dcs = inState(kind);
    if (dcs.length > 0) return { kind, dcs };
  }
  const unwell = datacenters
    .map(({ name, consul }) => ({ name, count: consul?.servers.filter(isUnwell).length ?? 0 }))
    .filter(({ count }) => count > 0);
  if (unwell.length > 0) {
    const servers = unwell.reduce((sum, { count }) => sum + count, 0);
    return { kind: 'unwell', dcs: unwell.map(({ name }) => name), servers };
  }
  const unknown = inState('unknown');
  return unknown.length > 0 ? { kind: 'unknown', dcs: unknown } : { kind: 'kept', dcs: inState('kept') };
}

/** A server that has left on purpose is nobody's trouble. */
function isUnwell(server: ConsulHealth['servers'][number]): boolean {
  const status = serverStatus(server);
  return status === 'critical' || (status === 'warning' && server.gossip !== 'leaving');
}
