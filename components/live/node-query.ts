import type { NodeBody } from '@/lib/fleet/model';
import type { TopicReader } from './topic-query';

/** What the server's problem document says where Consul lists no such node; another 404 is a wrong address. */
const UNKNOWN_NODE = 'urn:lictor:problem:unknown-node';

/** Consul lists no such node now. */
export class UnknownNodeError extends Error {}

/**
 * Reads one node with its checks and instances: no topic carries them. `key` is `<dc>/<node>`, each segment percent-encoded.
 * @throws UnknownNodeError where Consul lists no such node
 */
export async function readNode({ basePath, fetch }: TopicReader, key: string, signal: AbortSignal): Promise<NodeBody> {
  const path = `${basePath}/api/v1/nodes/${key}`;
  const response = await fetch(path, { signal, headers: { accept: 'application/json' } }).catch((cause) => {
    throw new Error('Lictor cannot be reached, so nothing newer can be shown; it is tried again.', { cause });
  });
  const body: unknown = await response.json().catch(() => null);
  if (response.status === 404 && isObject(body) && body.type === UNKNOWN_NODE) {
    throw new UnknownNodeError('Consul lists no such node now.');
  }
  if (!response.ok) {
    throw new Error(`Lictor answered ${response.status} to ${path}, so nothing newer can be shown; it is asked again.`);
  }
  if (!isNodeBody(body)) {
    throw new Error(
      `The answer to ${path} is not what Lictor's server sends: look for a proxy in between; it is asked again.`,
    );
  }
  return body;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The frame alone is looked at, as with topics. */
function isNodeBody(value: unknown): value is NodeBody {
  return (
    isObject(value) &&
    typeof value.at === 'string' &&
    isObject(value.node) &&
    typeof value.node.key === 'string' &&
    Array.isArray(value.checks) &&
    Array.isArray(value.instances)
  );
}
