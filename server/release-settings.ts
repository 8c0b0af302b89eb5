import { isLoopback } from './config/listen';
import type { Settings } from './config/settings';

/** Why this process never writes, a sentence; null: it may. */
export function neverWrites({ leadership, listen }: Pick<Settings, 'leadership' | 'listen'>): string | null {
  if (leadership.readOnly) return 'LICTOR_READ_ONLY is set, so Lictor writes nothing to Consul.';
  if (isLoopback(listen.host)) return null;
  return `Lictor listens on ${listen.host}, which others can reach, and nobody signs in (LICTOR_AUTH is none), so it moves no traffic: listen on 127.0.0.1 to do so.`;
}

/** Of keys that are watched in each datacenter: what is recorded of them, and policy documents. None of them begins with another. */
export function watchedPrefixes({ history, release }: Settings['file']): readonly string[] {
  const { policyPrefix } = release;
  const isCovered = history.kvPrefixes.some((prefix) => policyPrefix.startsWith(prefix));
  if (isCovered) return history.kvPrefixes;
  return [...history.kvPrefixes.filter((prefix) => !prefix.startsWith(policyPrefix)), policyPrefix];
}
