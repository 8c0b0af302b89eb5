import { setTimeout as wait } from 'node:timers/promises';
import type { ConsulHttp } from '@/e2e/world/consul-http';

const WAIT_S = 10;
const PAUSE_MS = 500;

/** Follows which versions of a service are in Consul's catalog, sorted; tells each change, one after the other, until the signal aborts. */
export async function watchVersions(
  consul: ConsulHttp,
  service: string,
  signal: AbortSignal,
  changed: (versions: string[]) => Promise<void>,
): Promise<void> {
  let index = 0;
  let last = '';
  while (!signal.aborted) {
    try {
      const path = `/v1/catalog/service/${encodeURIComponent(service)}?index=${index}&wait=${WAIT_S}s`;
      const answer = await consul.request<Entry[]>('GET', path, undefined, 2 * WAIT_S * 1_000);
      index = Number(answer.headers.get('x-consul-index'));
      const versions = versionsIn(answer.body);
      if (versions.join('\n') === last || signal.aborted) continue;
      await changed(versions);
      last = versions.join('\n');
    } catch (error) {
      if (signal.aborted) return;
      index = 0;
      // A server that is stopped, frozen or wiped is part of the world; it is asked again.
      if (!(error instanceof Error)) throw error;
      await wait(PAUSE_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

interface Entry {
  ServiceMeta: Record<string, string> | null;
}

export function versionsIn(entries: readonly Entry[]): string[] {
  return [...new Set(entries.flatMap(({ ServiceMeta }) => ServiceMeta?.version ?? []))].sort();
}
