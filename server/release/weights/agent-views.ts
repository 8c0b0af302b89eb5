import { setMaxListeners } from 'node:events';
import { namedInstances, namedNodes } from '@/lib/release/weights/named-instances';
import { type AgentView, agentView, type WeightsTrouble } from './agent-view';
import type { CatalogInstance } from './catalog-instances';
import type { OwnerAgent, OwnerAgents } from './owner-agents';
import { isAgentOwned } from './standing-instances';

export interface ViewsQuestion {
  readonly dc: string;
  readonly service: string;
  readonly instances: readonly CatalogInstance[];
  readonly agents: OwnerAgents;
  readonly signal: AbortSignal;
}

/** What each agent that owns one of these instances keeps of it, by its node; or why one of them cannot be written, which refuses the whole. */
export async function agentViews(question: ViewsQuestion): Promise<Map<string, AgentView> | WeightsTrouble> {
  const { dc, service, instances, agents } = question;
  const owned = instances.filter(isAgentOwned);
  const strangers = owned.filter(({ node }) => agents.find(dc, node) === null);
  if (strangers.length > 0) return notOptedIn(strangers, instances.length);
  const proxies = owned.filter(({ kind }) => kind !== '');
  if (proxies.length > 0) return mixedDefinition(proxies);
  const signal = sharedByMany(question.signal);
  const asked = [...idsByNode(owned)].flatMap(([node, ids]) => {
    const agent = agents.find(dc, node);
    return agent ? [viewAt(agent, { service, ids, signal })] : [];
  });
  const views = new Map<string, AgentView>();
  for (const { node, view } of await Promise.all(asked)) {
    if ('code' in view) return view;
    views.set(node, view);
  }
  return views;
}

async function viewAt(agent: OwnerAgent, rest: { service: string; ids: readonly string[]; signal: AbortSignal }) {
  return { node: agent.node, view: await agentView({ agent, ...rest }) };
}

function idsByNode(owned: readonly CatalogInstance[]): Map<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const { node, id } of owned) ids.set(node, [...(ids.get(node) ?? []), id]);
  return ids;
}

/** Every request of every agent listens to it; past ten Node takes that for a leak. */
function sharedByMany(signal: AbortSignal): AbortSignal {
  const shared = AbortSignal.any([signal]);
  setMaxListeners(0, shared);
  return shared;
}

function notOptedIn(owned: readonly CatalogInstance[], all: number): WeightsTrouble {
  const sentence =
    `${owned.length} of ${all} instances belong to agents that were not opted in (${namedNodes(owned.map(({ node }) => node))}): ` +
    'an agent undoes what is written to the catalog over its registrations. Name these agents under release.agents in the file of LICTOR_CONFIG, or divide by another mechanism.';
  return { code: 'agent-not-opted-in', sentence };
}

const mixedDefinition = (proxies: readonly CatalogInstance[]): WeightsTrouble => ({
  code: 'agent-proxy',
  sentence:
    `${namedInstances(proxies)}: a proxy's agent shows its definition mixed with the central configuration, so it could not be written back as it was. ` +
    'Weigh the service that it stands before.',
});
