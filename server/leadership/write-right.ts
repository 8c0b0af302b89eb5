import { authorize, type Right } from '@/server/consul/authorize';
import { ConsulError } from '@/server/consul/consul-error';
import type { ConsulTransport } from '@/server/consul/transport';

export interface WriteQuestion {
  /** With the token that writes. */
  readonly transport: ConsulTransport;
  /** Whether there is such a token. */
  readonly hasToken: boolean;
  /** Null: that of the asked agent. */
  readonly datacenter: string | null;
  /** The leader's key. */
  readonly key: string;
  readonly signal: AbortSignal;
}

const write = (Resource: Right['Resource'], Segment: string): Right => ({ Resource, Segment, Access: 'write' });

/**
 * Why Lictor may not lead by a session in Consul, a sentence; null: it may. With ACLs on it never writes without a token of its own for that, whatever
 * Consul would allow to anybody.
 * @throws ConsulError where Consul does not answer
 */
export async function writeRefusal({
  transport,
  hasToken,
  datacenter,
  key,
  signal,
}: WriteQuestion): Promise<string | null> {
  const rights = [write('session', ''), write('key', key)];
  const rules = `session_prefix "" { policy = "write" } and key "${key}" { policy = "write" }`;
  try {
    const allowed = await authorize({ transport, datacenter, signal }, rights);
    if (allowed === null || (hasToken && allowed.length === rights.length && allowed.every(Boolean))) return null;
    return hasToken
      ? `The token of LICTOR_WRITE_TOKEN_FILE may not lock ${key} by a session: grant it ${rules}.`
      : `Consul has ACLs on and LICTOR_WRITE_TOKEN_FILE is not set, so Lictor writes nothing there by itself; to lead by a session give it a token with ${rules}.`;
  } catch (error) {
    if (error instanceof ConsulError && error.denied) return error.message;
    throw error;
  }
}
