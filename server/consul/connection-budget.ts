import type { ConsulAddressOptions } from './address';
import { ConsulError } from './consul-error';
import { consulTransport } from './consul-transport';
import { decodeAgentSelf } from './decode/agent-self';
import { read } from './read';

/** What Consul allows one client address where nobody set it. */
const CONSUL_DEFAULT_LIMIT = 200;
/** Fewer would leave no room for the waits of a single datacenter beside the connections kept free. */
const MIN_CONNECTIONS = 16;
/** Beyond this many HTTP/1.1 sockets HTTP/2 is the answer. */
const MAX_CONNECTIONS = 2_000;
const READ_TIMEOUT_MS = 1_500;

/**
 * Half of what the agent at this address allows one client, for the limit counts addresses and local applications share it. Where
 * the agent cannot be asked, or the token may not read it, half of Consul's default.
 */
export async function connectionBudget(consul: ConsulAddressOptions): Promise<number> {
  const transport = consulTransport({ ...consul, maxConnections: 1 });
  try {
    const request = { path: '/v1/agent/self', timeoutMs: READ_TIMEOUT_MS, decode: decodeAgentSelf };
    const { value } = await read(transport, request);
    // 0 is Consul's word for "no limit".
    const limit = value.maxConnectionsPerClient === 0 ? MAX_CONNECTIONS * 2 : value.maxConnectionsPerClient;
    return Math.min(MAX_CONNECTIONS, Math.max(MIN_CONNECTIONS, Math.floor((limit ?? CONSUL_DEFAULT_LIMIT) / 2)));
  } catch (error) {
    if (error instanceof ConsulError) return CONSUL_DEFAULT_LIMIT / 2;
    throw error;
  } finally {
    await transport.close();
  }
}
