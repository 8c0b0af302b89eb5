import type { VersionCount } from './consul-health';

/** How many agents run each version, newest version first; those that do not say are left out. */
export function versionCounts(
  agents: readonly { readonly version: string; readonly server: boolean }[],
): VersionCount[] {
  const counts = new Map<string, { servers: number; clients: number }>();
  for (const { version, server } of agents) {
    if (version === '') continue;
    const count = counts.get(version) ?? { servers: 0, clients: 0 };
    counts.set(version, count);
    if (server) count.servers += 1;
    else count.clients += 1;
  }
  return [...counts]
    .map(([version, count]) => ({ version, ...count }))
    .sort((a, b) => b.version.localeCompare(a.version, 'en', { numeric: true }));
}

/** Servers of one datacenter should be of one version, but for the hour of an upgrade. */
export const serverVersionsMixed = (versions: readonly VersionCount[]): boolean =>
  versions.filter(({ servers }) => servers > 0).length > 1;
