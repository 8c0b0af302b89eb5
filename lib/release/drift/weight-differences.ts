import type { Instance } from '@/lib/fleet/model';
import type { Drift } from '@/lib/release/split-body';
import type { WishRecord } from '@/lib/release/wish-record';

/** More would make no list to read. */
const MOST = 50;

type Difference = Drift['differences'][number];
type Weighed = Pick<Instance, 'key' | 'node' | 'id' | 'version' | 'weights' | 'status'>;
type Borne = Pick<WishRecord, 'exceptions'> & { readonly weights: NonNullable<WishRecord['weights']> };

/**
 * The instances that do not bear what their version was given: another weight, out of a maintenance that gave them nothing, or of a version that nothing was
 * wished for. Shares by weights move whenever an instance falls ill; that is no drift, and nothing of it is here.
 */
export function weightDifferences(wish: Borne, instances: readonly Weighed[], dc: string): Difference[] {
  const differences = instances.flatMap((instance): Difference[] => {
    const { node, id, version, status, weights } = instance;
    const wished = wishedOf(wish, instance);
    // Somebody else's maintenance takes traffic away for a while; that is their business.
    const isRight = status === 'maintenance' ? wished !== null : wished === weights.passing && wished !== 0;
    if (isRight) return [];
    const before = wished === 0 ? 'in maintenance' : wished;
    return [{ target: `${dc} ${node}/${id} (${version}): weight`, before, after: weights.passing }];
  });
  if (differences.length <= MOST) return differences;
  const more = differences.length - MOST;
  return [...differences.slice(0, MOST), { target: `${more} more instances`, before: null, after: null }];
}

/** What instances bear: by version what most of it do, 0 where all of it is in maintenance, and which ones bear something else. */
export function borneWeights(instances: readonly Weighed[]): Borne {
  const byVersion = new Map<string, Weighed[]>();
  for (const instance of instances)
    byVersion.set(instance.version, [...(byVersion.get(instance.version) ?? []), instance]);
  const weights = Object.fromEntries([...byVersion].map(([version, own]) => [version, most(own)]));
  const exceptions = Object.fromEntries(
    instances
      .filter(({ version, status, weights: { passing } }) => status !== 'maintenance' && passing !== weights[version])
      .map(({ key, weights: { passing } }) => [key, passing]),
  );
  return { weights, exceptions };
}

/** Null: nothing was wished for its version. */
function wishedOf({ weights, exceptions }: Borne, { key, version }: Weighed): number | null {
  if (Object.hasOwn(exceptions, key)) return exceptions[key] ?? null;
  return Object.hasOwn(weights, version) ? (weights[version] ?? null) : null;
}

function most(instances: readonly Weighed[]): number {
  const counts = new Map<number, number>();
  for (const { status, weights } of instances) {
    if (status !== 'maintenance') counts.set(weights.passing, (counts.get(weights.passing) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 0;
}
