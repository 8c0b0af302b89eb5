import type { PlannedWrite } from '@/lib/release/planned-write';
import { checkShares, shareOf } from '@/lib/release/shares/normalize-shares';
import { HAPROXY_GRAIN, weightsForShares } from '@/lib/release/shares/shares-to-weights';
import type { Shares, SplitWarning } from '@/lib/release/split-body';
import { byVersion } from './by-version';
import { withWeight } from './definition-weights';
import { isLictorsReason, noShareReason, unverifiedReason } from './maintenance-reason';
import { maintenanceWrite } from './maintenance-write';
import { noHealthyTarget } from './no-healthy-target';
import { sameDefinition } from './same-definition';
import type { StandingInstance } from './standing-instance';
import { weightWarnings } from './weight-warnings';
import { weightWrite } from './weight-write';

export interface WeightsQuestion {
  readonly dc: string;
  readonly service: string;
  readonly shares: Shares;
  /** Every instance of the service in its datacenter. */
  readonly instances: readonly StandingInstance[];
}

export interface WeightsPlan {
  readonly writes: readonly PlannedWrite[];
  readonly warnings: readonly SplitWarning[];
  readonly declares: Shares;
  readonly roundingError: number;
  /** What an instance of each version bears while it is passing; 0: in maintenance. */
  readonly weights: Readonly<Record<string, number>>;
}

/** Nothing is to be written. */
export interface WeightsRefusal {
  readonly refusal: { readonly code: 'shares' | 'no-healthy-target'; readonly sentence: string };
}

/** Consul applies the writes of one stage in any order; this order keeps something in traffic at every moment. */
const STAGES = { weight: 0, bringIn: 1, takeOut: 2 };

/**
 * The writes that make weights say these shares. First every instance of a version with a share gets its weight, those that come back from 0% while they are
 * still out; then those come in; and only then goes out what has no share, or was never seen healthy.
 */
export function planWeights(question: WeightsQuestion): WeightsPlan | WeightsRefusal {
  const { shares, instances } = question;
  const versions = byVersion(instances);
  const wrong = checkShares(shares, [...versions.keys()]);
  if (wrong !== null) return { refusal: { code: 'shares', sentence: wrong } };
  const nobody = noHealthyTarget(shares, versions);
  if (nobody !== null) return { refusal: { code: 'no-healthy-target', sentence: nobody } };
  // In the order in which what is declared is reckoned, so that both round alike.
  const serving = [...versions.values()].flat().filter(({ serves }) => serves);
  const answer = weightsForShares({
    shares,
    instances: serving.map(({ key, version, weights }) => ({ key, version, weight: weights.passing })),
    grain: HAPROXY_GRAIN,
  });
  const writes = instances.flatMap((instance) => writesOf(question, instance, answer.byVersion.get(instance.version)));
  return {
    writes: writes.toSorted((a, b) => a.stage - b.stage),
    warnings: weightWarnings(question, writes, answer.roundingError),
    declares: { ...withoutServing(shares, versions), ...answer.declares },
    roundingError: answer.roundingError,
    weights: Object.fromEntries([...versions.keys()].map((one) => [one, answer.byVersion.get(one) ?? 0])),
  };
}

/** @param weight undefined: its version has no share */
function writesOf(question: WeightsQuestion, instance: StandingInstance, weight: number | undefined): PlannedWrite[] {
  const { dc, service } = question;
  const writes: PlannedWrite[] = [];
  if (weight !== undefined) {
    const after = withWeight(instance.definition, weight);
    if (!sameDefinition(after, instance.definition)) {
      writes.push(weightWrite(dc, instance, after, STAGES.weight));
    }
  }
  const reason = reasonToBeOut(service, instance, weight);
  const present = instance.maintenance?.reason ?? null;
  const isLictors = present !== null && isLictorsReason(present);
  if (reason === null && isLictors) writes.push(maintenanceWrite(dc, instance, null, STAGES.bringIn));
  if (reason !== null && present === null) writes.push(maintenanceWrite(dc, instance, reason, STAGES.takeOut));
  return writes;
}

/** Null: it belongs into traffic. */
function reasonToBeOut(service: string, { version, verified }: StandingInstance, weight: number | undefined) {
  if (weight === undefined) return noShareReason(service, version);
  return verified ? null : unverifiedReason(service, version);
}

/** 0 for each version that runs and of which nothing serves. */
function withoutServing(shares: Shares, versions: ReadonlyMap<string, unknown>): Shares {
  return Object.fromEntries([...versions.keys()].filter((one) => shareOf(shares, one) === 0).map((one) => [one, 0]));
}
