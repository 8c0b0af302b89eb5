import { ConsulError } from './consul-error';
import { decodeAgentSelf } from './decode/agent-self';
import { read } from './read';
import type { ConsulTransport } from './transport';

const LIMIT_MS = 4_500;

/** What an agent says of where it is. */
export interface AgentPlace {
  readonly datacenter: string;
  /** The primary of its federation; itself where nothing is federated. */
  readonly primary: string;
}

/**
 * The place of the asked agent; null where the token may not read the agent.
 * @throws ConsulError where Consul does not answer
 */
export async function agentPlace(transport: ConsulTransport, signal: AbortSignal): Promise<AgentPlace | null> {
  try {
    const request = { path: '/v1/agent/self', timeoutMs: LIMIT_MS, signal, decode: decodeAgentSelf };
    const { datacenter, primaryDatacenter } = (await read(transport, request)).value;
    return { datacenter, primary: primaryDatacenter ?? datacenter };
  } catch (error) {
    if (error instanceof ConsulError && error.denied) return null;
    throw error;
  }
}
