import { instanceKey } from '@/lib/fleet/keys';
import type { Instance } from '@/lib/fleet/model';
import { HAPROXY_GRAIN } from '@/lib/release/shares/shares-to-weights';
import { sharesOfWeights } from '@/lib/release/shares/weights-to-shares';
import { instanceTarget, maintenanceTarget } from '@/lib/release/weights/instance-target';
import { notYetWeightedSentence } from '@/lib/release/weights/late-instances';
import { isTakenOut, type StandingInstance, takesTraffic, weightNow } from '@/lib/release/weights/standing-instance';
import type { SplitSubject, Standing } from '@/server/release/actuator';
import type { WeightsTrouble } from './agent-view';

/** What weights say of a service, and everything that a plan needs. */
export interface WeightsStanding extends Standing {
  readonly mechanism: 'weights';
  readonly instances: readonly StandingInstance[];
  /** Null: they can be written. */
  readonly trouble: WeightsTrouble | null;
}

const NO_ROUTES = { routes: [], failover: [] } as const;

/** Weights that cannot be written. @param instances as far as they are known */
export function hinderedStanding(
  { dc, name }: SplitSubject,
  instances: readonly StandingInstance[],
  trouble: WeightsTrouble,
): WeightsStanding {
  return { ...standing(dc, name, instances), can: false, reason: trouble.sentence, trouble };
}

export function weightsStanding({ dc, name }: SplitSubject, instances: readonly StandingInstance[]): WeightsStanding {
  return { ...standing(dc, name, instances), can: true, reason: notYetWeightedSentence(instances), trouble: null };
}

function standing(dc: string, name: string, instances: readonly StandingInstance[]) {
  return {
    ...{ mechanism: 'weights' as const, instances, ...NO_ROUTES },
    declared: sharesOfWeights(
      instances.map((one) => ({ version: one.version, weight: weightNow(one), inTraffic: takesTraffic(one) })),
    ),
    source: areDivided(instances) ? `${dc} weights of ${name}` : null,
    index: instances.length === 0 ? null : Math.max(...instances.map(newestIndex)),
    images: imagesOf(dc, instances),
  };
}

const newestIndex = ({ index, maintenance }: StandingInstance): number => Math.max(index, maintenance?.index ?? 0);

/** Whether somebody divided by them: by equal weights that are not Lictor's nothing is said. */
function areDivided(instances: readonly StandingInstance[]): boolean {
  const weights = new Set(instances.map((one) => one.weights.passing));
  const isLictors = [...weights].some((weight) => weight % HAPROXY_GRAIN.step === 0);
  return weights.size > 1 || isLictors || instances.some(isTakenOut);
}

function imagesOf(dc: string, instances: readonly StandingInstance[]): Record<string, unknown> {
  return Object.fromEntries(
    instances.flatMap((instance): [string, unknown][] => [
      [instanceTarget(dc, instance), { definition: instance.definition, serves: instance.serves }],
      [maintenanceTarget(dc, instance), instance.maintenance?.reason ?? null],
    ]),
  );
}

/** Instances that the fleet shows and an answer lacks. */
export function missingFrom(
  { dc, instances }: SplitSubject,
  found: readonly { readonly node: string; readonly id: string }[],
): readonly Instance[] {
  const keys = new Set(found.map(({ node, id }) => instanceKey(dc, node, id)));
  return instances.filter(({ key, unconfirmed }) => !unconfirmed && !keys.has(key));
}
