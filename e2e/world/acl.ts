import { randomUUID } from 'node:crypto';
import type { Datacenter } from './datacenter';
import { until } from './until';

/** The secrets of a world with ACLs. */
export interface WorldTokens {
  /** May do everything; the agents and the world's own requests bear it. */
  management: string;
  /** May read nodes, services and agents, and nothing else: what Lictor needs to show a fleet. */
  read: string;
}

const READ_RULES =
  'node_prefix "" { policy = "read" }\nservice_prefix "" { policy = "read" }\nagent_prefix "" { policy = "read" }';

/** Chosen before Consul starts, so that every agent has its token from its first moment on. */
export function chooseTokens(): WorldTokens {
  return { management: randomUUID(), read: randomUUID() };
}

/** Makes the token that may only read; in a federation the primary is asked, and every datacenter knows it. */
export async function writeReadToken({ name, server }: Datacenter, { read }: WorldTokens): Promise<void> {
  // Right after its election a leader still answers that the ACL system is in legacy mode.
  await until(`${name} to write the policy of the read token`, () =>
    server.consul.put('/v1/acl/policy', { Name: 'world-read', Rules: READ_RULES }),
  );
  await server.consul.put('/v1/acl/token', {
    SecretID: read,
    Description: 'Reads nodes, services and agents',
    Policies: [{ Name: 'world-read' }],
  });
}
