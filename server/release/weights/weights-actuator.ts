import type { SplitWish } from '@/lib/release/split-body';
import { missingWeights } from '@/lib/release/weights/missing-weights';
import { namedInstances, namedNodes } from '@/lib/release/weights/named-instances';
import { planWeights } from '@/lib/release/weights/plan-weights';
import { authorize } from '@/server/consul/authorize';
import { healthServicePath } from '@/server/consul/service-path';
import { type Actuator, type Plan, PlanRefused, type SplitSubject } from '@/server/release/actuator';
import type { ReleaseConsul } from '@/server/release/release-consul';
import { type AgentView, agentView, type WeightsTrouble } from './agent-view';
import { type CatalogInstance, catalogInstances } from './catalog-instances';
import type { OwnerAgents } from './owner-agents';
import { isAgentOwned, standingInstance } from './standing-instances';
import { hinderedStanding, missingFrom, type WeightsStanding, weightsStanding } from './weights-standing';

/** Divides by the weights of instances, in the service's own datacenter: at the catalog, or at the agents that own them where these were opted in. */
export class WeightsActuator implements Actuator<WeightsStanding> {
  readonly mechanism = 'weights';

  constructor(
    private readonly consul: ReleaseConsul,
    private readonly agents: OwnerAgents,
  ) {}

  async read(subject: SplitSubject, signal: AbortSignal): Promise<WeightsStanding> {
    const found = await this.#instances(subject, signal);
    if (!Array.isArray(found)) return hinderedStanding(subject, [], found);
    const views = await this.#views(subject, found, signal);
    const question = { dc: subject.dc, versionMetaKeys: subject.versionMetaKeys };
    if (!(views instanceof Map)) {
      // Of what an agent owns only the catalog's side is known.
      return hinderedStanding(
        subject,
        found.map((one) => standingInstance(question, one, null)),
        views,
      );
    }
    return weightsStanding(
      subject,
      found.map((one) => standingInstance(question, one, views.get(one.node) ?? null)),
    );
  }

  plan({ dc, name }: SplitSubject, standing: WeightsStanding, wish: SplitWish): Plan {
    const { trouble, instances, declared } = standing;
    if (trouble !== null) throw new PlanRefused(trouble.code, trouble.sentence);
    if (wish.routes?.length || wish.failover?.length) {
      throw new PlanRefused(
        'not-by-weights',
        'Weights divide by share alone: header routes and the order of failover need the mesh, routes also a policy document.',
      );
    }
    if (wish.shares === undefined) return { writes: [], warnings: [], declares: declared, roundingError: 0 };
    const planned = planWeights({ dc, service: name, shares: wish.shares, instances });
    if ('refusal' in planned) throw new PlanRefused(planned.refusal.code, planned.refusal.sentence);
    return planned;
  }

  async verify({ dc, name }: SplitSubject, { writes }: Plan, signal: AbortSignal): Promise<string | null> {
    const path = healthServicePath(name);
    if (path === null || writes.length === 0) return null;
    const found = await catalogInstances(this.consul.transportOf(dc), path, dc, signal);
    return missingWeights(writes, found);
  }

  async #instances(subject: SplitSubject, signal: AbortSignal): Promise<CatalogInstance[] | WeightsTrouble> {
    const { dc, name } = subject;
    const path = healthServicePath(name);
    if (path === null) return unreadableName(name);
    const transport = this.consul.transportOf(dc);
    const found = await catalogInstances(transport, path, dc, signal);
    const missing = missingFrom(subject, found);
    if (missing.length > 0) {
      const sentence =
        `${namedInstances(missing)} of ${JSON.stringify(name)} left Consul a moment ago, or Lictor's write token may not read the service or the node: ` +
        'weights on a part would say other shares. The token needs service:read on the service and node:read on its nodes.';
      return { code: 'not-all-readable', sentence };
    }
    if (found.length === 0) {
      return { code: 'no-instance', sentence: `No instance of ${JSON.stringify(name)} is registered in ${dc}.` };
    }
    if (found.every(isAgentOwned)) return found;
    const rights = await authorize({ transport, datacenter: dc, signal }, [
      { Resource: 'service', Segment: name, Access: 'write' },
    ]);
    if (rights?.[0] !== false) return found;
    const sentence = `Lictor's write token may not write the service ${JSON.stringify(name)} in ${dc}: give it service:write on it.`;
    return { code: 'service-denied', sentence };
  }

  /** What each agent keeps, by its node. */
  async #views(
    { dc, name }: SplitSubject,
    instances: readonly CatalogInstance[],
    signal: AbortSignal,
  ): Promise<Map<string, AgentView> | WeightsTrouble> {
    const owned = instances.filter(isAgentOwned);
    const trouble = notOptedIn(
      owned.filter(({ node }) => this.agents.find(dc, node) === null),
      instances.length,
    );
    if (trouble !== null) return trouble;
    const proxies = owned.filter(({ kind }) => kind !== '');
    if (proxies.length > 0) return mixedDefinition(proxies);
    const nodes = new Set(owned.map(({ node }) => node));
    const answers = await Promise.all(
      [...nodes].map(async (node) => {
        const ids = owned.filter((one) => one.node === node).map(({ id }) => id);
        const agent = this.agents.find(dc, node);
        return agent && ([node, await agentView({ agent, service: name, ids, signal })] as const);
      }),
    );
    const views = new Map<string, AgentView>();
    for (const answer of answers) {
      if (answer === null) continue;
      const [node, view] = answer;
      if ('code' in view) return view;
      views.set(node, view);
    }
    return views;
  }
}

const unreadableName = (name: string): WeightsTrouble => ({
  code: 'unreadable-name',
  sentence: `Consul leads the path of ${JSON.stringify(name)} to another service, so its instances cannot be read by name, nor weighted.`,
});

function notOptedIn(owned: readonly CatalogInstance[], all: number): WeightsTrouble | null {
  if (owned.length === 0) return null;
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
