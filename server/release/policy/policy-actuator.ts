import type { WriteOf } from '@/lib/release/planned-write';
import { type PlannedPolicy, planPolicy } from '@/lib/release/policy/plan-policy';
import type { Shares, SplitWish } from '@/lib/release/split-body';
import { type Actuator, type Plan, PlanRefused, type SplitSubject } from '@/server/release/actuator';
import { readStoredKey } from '@/server/release/writers/stored-key';
import { assertWish, routeWarnings } from './policy-refusals';
import { type PolicyPlace, type PolicyStanding, readPolicyStanding } from './policy-standing';

/** Moves traffic by a document in Consul's key-value store, in the service's own datacenter, obeyed by whoever reads it. */
export class PolicyActuator implements Actuator<PolicyStanding> {
  readonly mechanism = 'policy';
  readonly #place: PolicyPlace;

  constructor(place: PolicyPlace) {
    this.#place = place;
  }

  read(subject: SplitSubject, signal: AbortSignal): Promise<PolicyStanding> {
    return readPolicyStanding(this.#place, subject, signal);
  }

  plan(subject: SplitSubject, standing: PolicyStanding, wish: SplitWish): Plan {
    if (standing.refusal !== null) throw new PlanRefused(standing.refusal, standing.reason ?? '');
    assertWish(subject, standing, wish);
    const planned = plannedPolicy(subject, standing, wish);
    const warnings = routeWarnings(subject, wish);
    if (planned === null) return { writes: [], warnings, declares: standing.declared, roundingError: 0 };
    const write: WriteOf<'kv'> = {
      ...{ kind: 'kv', dc: subject.dc, target: standing.target, stage: 0, key: standing.key },
      ...{ before: standing.text, after: planned.text, index: standing.index ?? 0, flags: standing.flags },
    };
    return { writes: [write], warnings, declares: planned.json.shares as Shares, roundingError: 0 };
  }

  async verify(_subject: SplitSubject, { writes }: Plan, signal: AbortSignal): Promise<string | null> {
    for (const write of writes) {
      if (write.kind !== 'kv') continue;
      const stored = await readStoredKey(this.#place.consul, write, signal);
      if (stored?.value.equals(Buffer.from(write.after))) continue;
      const found = stored === null ? 'there is no such key' : 'something else stands there';
      return `${write.target} is not as it was written: ${found}. Somebody else changed it since.`;
    }
    return null;
  }
}

/** Null: it stands so already, or no document is asked for. */
function plannedPolicy(
  { name, stages }: SplitSubject,
  { policy }: PolicyStanding,
  wish: SplitWish,
): PlannedPolicy | null {
  const { shares, routes } = wish;
  if (policy.state !== 'readable' && !shares) return null;
  const change = { service: name, shares, routes, stages: { ...stages, ...wish.stages } };
  return planPolicy(policy.state === 'readable' ? policy : null, change);
}
