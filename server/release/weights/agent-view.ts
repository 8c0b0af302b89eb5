import type { JsonObject } from '@/lib/release/json';
import { authorize } from '@/server/consul/authorize';
import { ConsulError } from '@/server/consul/consul-error';
import type { ConsulTransport } from '@/server/consul/transport';
import { type AgentChecks, agentChecks, agentDefinitions, agentIdentity } from './agent-requests';
import type { OwnerAgent } from './owner-agents';

/** Why weights cannot be written, and nothing is. */
export interface WeightsTrouble {
  /** Stable: `agent-not-opted-in`, `agent-unreachable`, `owner-token-unknown` … */
  readonly code: string;
  readonly sentence: string;
}

/** What an agent keeps of the instances that it owns. */
export interface AgentView {
  readonly definitions: ReadonlyMap<string, JsonObject>;
  maintenanceOf(serviceId: string): string | null;
}

export interface AgentQuestion {
  readonly agent: OwnerAgent;
  readonly service: string;
  /** Service ids that the catalog shows on its node. */
  readonly ids: readonly string[];
  readonly signal: AbortSignal;
}

/** Never rejects for what the agent does: an agent that cannot be asked refuses the plan. */
export async function agentView(question: AgentQuestion): Promise<AgentView | WeightsTrouble> {
  try {
    const transport = question.agent.transport();
    const withoutRight = await tokenTrouble(question, transport);
    if (withoutRight !== null) return withoutRight;
    return await viewOf(question, transport);
  } catch (error) {
    if (error instanceof ConsulError && error.kind !== 'aborted') return unreachable(question.agent, error);
    throw error;
  }
}

/** Whether it may be written there with the token that is given, and only the owner's must be. */
async function tokenTrouble(question: AgentQuestion, transport: ConsulTransport): Promise<WeightsTrouble | null> {
  const { agent, service, signal } = question;
  const code = 'owner-token-unknown';
  const rights = await authorize({ transport, datacenter: null, signal }, [
    { Resource: 'service', Segment: service, Access: 'write' },
  ]).catch((error: unknown) => {
    if (error instanceof ConsulError && error.denied) return [false];
    throw error;
  });
  if (rights === null) return null;
  if (!agent.hasToken()) {
    const sentence =
      `${named(agent)} has ACLs on, and no token is given for it: whoever registers a service again puts his own token in place of the one that the agent keeps for it, so ` +
      'Lictor needs that very one. Name its file as tokenFile under release.agents.';
    return { code, sentence };
  }
  if (rights.every((allowed) => allowed)) return null;
  const sentence =
    `${named(agent)} does not let the token of its tokenFile write the service ${JSON.stringify(service)}: it is not the one that owns the registration. ` +
    'Give the token with which the service was registered.';
  return { code, sentence };
}

async function viewOf(question: AgentQuestion, transport: ConsulTransport): Promise<AgentView | WeightsTrouble> {
  const { agent, ids, signal } = question;
  const [identity, checks, definitions] = await Promise.all([
    agentIdentity(transport, signal),
    agentChecks(transport, signal),
    agentDefinitions(transport, signal),
  ]);
  const other = otherAgent(agent, identity, checks);
  if (other !== null) return other;
  const unknown = ids.find((id) => !definitions.has(id));
  return unknown === undefined ? { definitions, maintenanceOf: checks.maintenanceOf } : unknownService(agent, unknown);
}

/** An address of another agent would have its services of the same ids written, and a service's id is by default its name. */
function otherAgent(
  agent: OwnerAgent,
  identity: { node: string; dc: string } | null,
  { node }: AgentChecks,
): WeightsTrouble | null {
  const found = identity ?? (node === null ? null : { node, dc: agent.dc });
  if (found?.node === agent.node && found.dc === agent.dc) return null;
  const code = 'agent-mistaken';
  const sentence =
    found === null
      ? `${named(agent)} does not say which node it is: give its token agent:read, so that no other agent's services are written by mistake.`
      : `The address of ${agentName(agent)} under release.agents, ${agent.address}, is that of node ${JSON.stringify(found.node)} in ${found.dc}: correct it.`;
  return { code, sentence };
}

const unknownService = (agent: OwnerAgent, id: string): WeightsTrouble => ({
  code: 'agent-mistaken',
  sentence:
    `${named(agent)} knows no service ${JSON.stringify(id)}, which the catalog shows on its node: ` +
    'it was deregistered a moment ago, or its token may not read it. Try again in a moment.',
});

const unreachable = (agent: OwnerAgent, { sentence }: ConsulError): WeightsTrouble => ({
  code: 'agent-unreachable',
  sentence: `${named(agent)} cannot be asked, so the whole plan is refused and nothing is written. ${sentence}`,
});

const agentName = ({ node, dc }: OwnerAgent): string => `the agent of node ${JSON.stringify(node)} in ${dc}`;
const named = (agent: OwnerAgent): string => agentName(agent).replace('the', 'The');
