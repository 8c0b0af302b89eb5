import type { Instance } from '@/lib/fleet/model';
import type { Drift } from '@/lib/release/split-body';

/** More would make no list to read. */
const MOST = 50;

type Difference = Drift['differences'][number];
type Weighed = Pick<Instance, 'node' | 'id' | 'version' | 'weights' | 'status' | 'unconfirmed'>;

/**
 * The instances that do not bear what their version was given: another weight, out of a maintenance that gave them nothing, or of a version that nothing was
 * wished for. Shares by weights move whenever an instance falls ill; that is no drift, and nothing of it is here.
 * @param weights by version, 0: in maintenance
 */
export function weightDifferences(
  weights: Readonly<Record<string, number>>,
  instances: readonly Weighed[],
  dc: string,
): Difference[] {
  const differences = instances
    .filter(({ unconfirmed }) => !unconfirmed)
    .flatMap((instance): Difference[] => {
      const { node, id, version, status } = instance;
      const wished = Object.hasOwn(weights, version) ? (weights[version] ?? 0) : null;
      const inMaintenance = status === 'maintenance';
      // Somebody else's maintenance takes traffic away for a while; that is their business.
      const isRight = inMaintenance ? wished !== null : wished === instance.weights.passing && wished !== 0;
      if (isRight) return [];
      const before = wished === 0 ? 'in maintenance' : wished;
      return [{ target: `${dc} ${node}/${id} (${version}): weight`, before, after: instance.weights.passing }];
    });
  if (differences.length <= MOST) return differences;
  const more = differences.length - MOST;
  return [...differences.slice(0, MOST), { target: `${more} more instances`, before: null, after: null }];
}
