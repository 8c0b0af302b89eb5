import type { Datacenter } from './datacenter';
import { until } from './until';

/** The secrets of a world with ACLs. */
export interface WorldTokens {
  /** May do everything; the world's own requests bear it. */
  management: string;
  /** May read nodes, services and agents, and nothing else: what Lictor needs to show a fleet. */
  read: string;
}

const AGENT_RULES = 'node_prefix "" { policy = "write" }\nservice_prefix "" { policy = "read" }';
const READ_RULES =
  'node_prefix "" { policy = "read" }\nservice_prefix "" { policy = "read" }\nagent_prefix "" { policy = "read" }';

/**
 * Bootstraps the ACLs of a federation whose default is to deny, gives each agent the token that it registers itself with, and makes a token
 * that may only read. The datacenters must be joined over the WAN: the others ask the first one about tokens.
 */
export async function setUpAcls(datacenters: Datacenter[]): Promise<WorldTokens> {
  const [primary, ...secondaries] = datacenters;
  if (primary === undefined) throw new Error('ACLs need a datacenter.');
  // Right after its election a leader still answers that the ACL system is in legacy mode.
  const { SecretID: management } = await until('the ACLs to be bootstrapped', () =>
    primary.server.consul.put<{ SecretID: string }>('/v1/acl/bootstrap'),
  );
  const agents = datacenters.flatMap(({ server, clients }) => [server, ...clients]);
  for (const { consul } of agents) consul.bearToken(management);
  const agentToken = await tokenWith(primary, 'world-agents', AGENT_RULES);
  const read = await tokenWith(primary, 'world-read', READ_RULES);
  for (const { server } of secondaries) await setAgentToken(server, 'replication', management);
  await Promise.all(agents.map((agent) => setAgentToken(agent, 'agent', agentToken)));
  return { management, read };
}

async function tokenWith({ server }: Datacenter, name: string, rules: string): Promise<string> {
  await server.consul.put('/v1/acl/policy', { Name: name, Rules: rules });
  const token = { Description: name, Policies: [{ Name: name }] };
  return (await server.consul.put<{ SecretID: string }>('/v1/acl/token', token)).SecretID;
}

async function setAgentToken(agent: Datacenter['server'], kind: 'agent' | 'replication', token: string): Promise<void> {
  await until(`${agent.name} to take its ${kind} token`, async () => {
    await agent.consul.put(`/v1/agent/token/${kind}`, { Token: token });
    return true;
  });
}
