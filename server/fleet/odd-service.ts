import { decodeCatalogNode } from '@/server/consul/decode/catalog-node';
import type { HealthEntry } from '@/server/consul/decode/health-service';
import { decodeChecks } from '@/server/consul/decode/health-state';
import { decodeServiceNodes } from '@/server/consul/decode/ui-services';
import { read } from '@/server/consul/read';
import type { ConsulAnswer } from '@/server/consul/transport';
import type { ServiceAnswer } from './service-sighting';
import type { WatchContext } from './watch-context';

const READ_TIMEOUT_MS = 10_000;

/**
 * A service whose name cannot stand in a path (`..`, `a//b`): put together from the nodes that it stands on and their checks. Slower than
 * a watch, and not one consistent picture, but right once things rest.
 */
export async function readOddService(context: WatchContext, name: string, signal: AbortSignal): Promise<ServiceAnswer> {
  const get = <Value>(path: string, decode: (answer: ConsulAnswer) => Value) =>
    read(context.transport, { path, query: { dc: context.dc, stale: '' }, timeoutMs: READ_TIMEOUT_MS, signal, decode });

  const listed = await get('/v1/internal/ui/services', decodeServiceNodes);
  context.contacted(listed.answer);
  const entries: HealthEntry[] = [];
  for (const node of listed.value.get(name) ?? []) {
    const segment = encodeURIComponent(node);
    const [catalog, health] = await Promise.all([
      get(`/v1/catalog/node/${segment}`, decodeCatalogNode),
      get(`/v1/health/node/${segment}`, decodeChecks),
    ]);
    for (const service of catalog.value?.services ?? []) {
      if (!catalog.value || service.Service !== name) continue;
      const checks = health.value.entries.filter((check) => check.ServiceID === '' || check.ServiceID === service.ID);
      entries.push({ Node: catalog.value.node, Service: service, Checks: checks });
    }
  }
  const { index, receivedAtMs } = listed.answer;
  return { name, records: { entries, failures: [] }, index, atMs: receivedAtMs, merged: true };
}
