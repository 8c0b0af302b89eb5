import type { PlannedWrite } from '@/lib/release/planned-write';
import { shareOf } from '@/lib/release/shares/normalize-shares';
import type { Shares, SplitWarning } from '@/lib/release/split-body';
import { byVersion } from './by-version';
import { carriedByTransaction } from './carried-by-transaction';
import { MAX_WEIGHT } from './definition-weights';
import { isLictorsReason } from './maintenance-reason';
import { namedInstances } from './named-instances';
import type { StandingInstance } from './standing-instance';

interface Weighed {
  readonly shares: Shares;
  readonly instances: readonly StandingInstance[];
}

/**
 * What to know before weights are written:
 * - `agent-race`, `catalog-race`: what cannot be written under a comparison;
 * - `weights-rescaled`, `uneven-weights`: weights that others set and that the plan replaces;
 * - `foreign-maintenance`: instances that somebody else took out, and that stay out;
 * - `unverified`: instances that were never seen healthy and are taken out;
 * - `rounded`: what weights cannot say exactly.
 */
export function weightWarnings(
  { shares, instances }: Weighed,
  writes: readonly PlannedWrite[],
  roundingError: number,
): SplitWarning[] {
  const inShare = instances.filter(({ version }) => shareOf(shares, version) > 0);
  const weighed = writes.some(({ kind }) => kind === 'catalog-service' || kind === 'agent-service');
  return [
    ...agentRace(writes),
    ...catalogRace(writes),
    ...(weighed ? [...rescaled(inShare), ...uneven(inShare)] : []),
    ...foreignMaintenance(instances),
    ...unverified(inShare),
    ...rounded(roundingError),
  ];
}

function agentRace(writes: readonly PlannedWrite[]): SplitWarning[] {
  const own = writes.filter(({ kind }) => kind === 'agent-service' || kind === 'agent-maintenance');
  if (own.length === 0) return [];
  const sentence =
    'An agent has no compare-and-set: each definition is read, compared, written and read again. Where its owner (Nomad, a reload of its configuration) writes in ' +
    'the same moment, or later, the later one stands; Lictor shows it as drift and never fights it.';
  return [{ severity: 'warning', code: 'agent-race', sentence }];
}

function catalogRace(writes: readonly PlannedWrite[]): SplitWarning[] {
  const uncarried = writes.flatMap((write) =>
    write.kind === 'catalog-service' && !carriedByTransaction(write.before) ? [write] : [],
  );
  if (uncarried.length === 0) return [];
  const sentence =
    `${namedInstances(uncarried)}: a transaction of Consul's would drop fields of theirs (tagged addresses, proxy or Connect settings), so they are compared, written ` +
    'whole and read again. Whoever writes one of them in the same moment may be overwritten.';
  return [{ severity: 'warning', code: 'catalog-race', sentence }];
}

function rescaled(instances: readonly StandingInstance[]): SplitWarning[] {
  const largest = instances.filter(({ weights }) => weights.passing >= MAX_WEIGHT);
  if (largest.length === 0) return [];
  const sentence =
    `Somebody gave ${namedInstances(largest)} the weight ${MAX_WEIGHT}, beside which nothing can weigh more: all weights of this service are set anew, ` +
    'for only their proportion counts.';
  return [{ severity: 'warning', code: 'weights-rescaled', sentence }];
}

function uneven(instances: readonly StandingInstance[]): SplitWarning[] {
  return [...byVersion(instances)].flatMap(([version, own]): SplitWarning[] => {
    const weights = own.map((one) => one.weights.passing);
    const [least, most] = [Math.min(...weights), Math.max(...weights)];
    if (least === most) return [];
    const sentence = `Instances of ${JSON.stringify(version)} bear weights from ${least} to ${most}; the plan gives each the same.`;
    return [{ severity: 'note', code: 'uneven-weights', sentence }];
  });
}

function foreignMaintenance(instances: readonly StandingInstance[]): SplitWarning[] {
  const foreign = instances.filter(({ maintenance }) => maintenance !== null && !isLictorsReason(maintenance.reason));
  if (foreign.length === 0) return [];
  const [one] = foreign;
  const reason = one?.maintenance?.reason ?? '';
  const sentence =
    `Somebody else put ${namedInstances(foreign)} into maintenance (${JSON.stringify(reason.slice(0, 120))}): Lictor does not take that off. ` +
    'One of a version without a share takes traffic again as soon as it comes back.';
  return [{ severity: 'warning', code: 'foreign-maintenance', sentence }];
}

function unverified(instances: readonly StandingInstance[]): SplitWarning[] {
  const out = instances.filter(({ verified, maintenance }) => !verified && maintenance === null);
  if (out.length === 0) return [];
  const sentence =
    `No check looks at ${namedInstances(out)}, so nobody ever saw that healthy: it gets no share and goes into maintenance. ` +
    'Register a check with it, and apply the shares again.';
  return [{ severity: 'warning', code: 'unverified', sentence }];
}

function rounded(points: number): SplitWarning[] {
  if (points < 0.01) return [];
  const sentence = `Weights come within ${points.toFixed(2)} percentage points of what is wished: HAProxy keeps 256 steps of a weight.`;
  return [{ severity: 'note', code: 'rounded', sentence }];
}
