import type { SplitWish } from '@/lib/release/split-body';
import { missingWeights } from '@/lib/release/weights/missing-weights';
import { planWeights } from '@/lib/release/weights/plan-weights';
import { healthServicePath } from '@/server/consul/service-path';
import { type Actuator, type Plan, PlanRefused, type SplitSubject } from '@/server/release/actuator';
import type { ReleaseConsul } from '@/server/release/release-consul';
import { agentViews } from './agent-views';
import { catalogInstances } from './catalog-instances';
import type { OwnerAgents } from './owner-agents';
import { readableInstances } from './readable-instances';
import { standingInstance } from './standing-instances';
import { hinderedStanding, type WeightsStanding, weightsStanding } from './weights-standing';

/** Divides by the weights of instances, in the service's own datacenter: at the catalog, or at the agents that own them where these were opted in. */
export class WeightsActuator implements Actuator<WeightsStanding> {
  readonly mechanism = 'weights';

  constructor(
    private readonly consul: ReleaseConsul,
    private readonly agents: OwnerAgents,
  ) {}

  async read(subject: SplitSubject, signal: AbortSignal): Promise<WeightsStanding> {
    const { dc, name: service } = subject;
    const { instances, trouble } = await readableInstances(this.consul.transportOf(dc), subject, signal);
    const inCatalog = () => instances.map((one) => standingInstance(subject, one, null));
    if (trouble !== null) return hinderedStanding(subject, inCatalog(), trouble);
    const views = await agentViews({ dc, service, instances, agents: this.agents, signal });
    if (views instanceof Map) {
      return weightsStanding(
        subject,
        instances.map((one) => standingInstance(subject, one, views.get(one.node) ?? null)),
      );
    }
    return hinderedStanding(subject, inCatalog(), views);
  }

  plan({ dc, name }: SplitSubject, { trouble, instances, declared }: WeightsStanding, wish: SplitWish): Plan {
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
    return missingWeights(writes, await catalogInstances(this.consul.transportOf(dc), path, dc, signal));
  }
}
