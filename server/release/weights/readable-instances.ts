import { namedInstances } from '@/lib/release/weights/named-instances';
import { authorize } from '@/server/consul/authorize';
import { healthServicePath } from '@/server/consul/service-path';
import type { ConsulTransport } from '@/server/consul/transport';
import type { SplitSubject } from '@/server/release/actuator';
import type { WeightsTrouble } from './agent-view';
import { type CatalogInstance, catalogInstances } from './catalog-instances';
import { isAgentOwned } from './standing-instances';
import { missingFrom } from './weights-standing';

export interface ReadInstances {
  /** Every one of the service; none where a part alone may be read. */
  readonly instances: readonly CatalogInstance[];
  /** Why weights on them could not be right, or may not be written; null: they can. */
  readonly trouble: WeightsTrouble | null;
}

/**
 * What the catalog has of a service. What a token may not read is absent from Consul's answers without a word.
 * @throws ConsulError
 */
export async function readableInstances(
  transport: ConsulTransport,
  subject: SplitSubject,
  signal: AbortSignal,
): Promise<ReadInstances> {
  const { dc, name } = subject;
  const path = healthServicePath(name);
  if (path === null) return { instances: [], trouble: unreadableName(name) };
  const found = await catalogInstances(transport, path, dc, signal);
  const missing = missingFrom(subject, found);
  if (missing.length > 0) return { instances: [], trouble: notAllReadable(name, missing) };
  if (found.length === 0) {
    const sentence = `No instance of ${JSON.stringify(name)} is registered in ${dc}.`;
    return { instances: [], trouble: { code: 'no-instance', sentence } };
  }
  if (found.every(isAgentOwned)) return { instances: found, trouble: null };
  const right = { Resource: 'service', Segment: name, Access: 'write' } as const;
  const rights = await authorize({ transport, datacenter: dc, signal }, [right]);
  return { instances: found, trouble: rights?.[0] === false ? writeDenied(dc, name) : null };
}

const unreadableName = (name: string): WeightsTrouble => ({
  code: 'unreadable-name',
  sentence: `Consul leads the path of ${JSON.stringify(name)} to another service, so its instances cannot be read by name, nor weighted.`,
});

const notAllReadable = (name: string, missing: Parameters<typeof namedInstances>[0]): WeightsTrouble => ({
  code: 'not-all-readable',
  sentence:
    `${namedInstances(missing)} of ${JSON.stringify(name)} left Consul a moment ago, or Lictor's write token may not read the service or the node: ` +
    'weights on a part would say other shares. The token needs service:read on the service and node:read on its nodes.',
});

const writeDenied = (dc: string, name: string): WeightsTrouble => ({
  code: 'service-denied',
  sentence: `Lictor's write token may not write the service ${JSON.stringify(name)} in ${dc}: give it service:write on it.`,
});
