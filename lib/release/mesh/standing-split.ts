import { sharesOfSplitterWeights } from '@/lib/release/shares/splitter-weights';
import type { Shares } from '@/lib/release/split-body';
import { textIn } from './entry-parts';
import type { MeshEntries } from './mesh-entries';
import { type ResolverSubset, resolverSubsets } from './resolver-subsets';
import { type Split, splitterSplits } from './splitter-splits';

export interface StandingSplit {
  readonly subsets: ReadonlyMap<string, ResolverSubset>;
  readonly splits: readonly Split[];
  /** Null: nothing is declared, and the mesh balances over all instances. */
  readonly declared: Shares | null;
  /** What to know of what is declared, sentences. */
  readonly remarks: readonly string[];
}

/**
 * What a service's splitter declares, subsets read as versions.
 * @param running versions of the instances
 * @throws ZodError
 */
export function standingSplit(
  entries: MeshEntries,
  service: string,
  running: readonly string[],
  metaKeys: readonly string[],
): StandingSplit {
  const resolver = entries['service-resolver'].image;
  const subsets = resolverSubsets(resolver, running, metaKeys);
  const splits = splitterSplits(entries['service-splitter'].image, service, subsets, textIn(resolver, 'DefaultSubset'));
  const carrying = splits.filter(({ weight }) => weight > 0);
  const isNeutral = carrying.every(({ subset }) => subset === null);
  return {
    ...{ subsets, splits },
    declared: isNeutral
      ? null
      : sharesOfSplitterWeights(splits.map(({ label, weight }) => ({ version: label, weight }))),
    remarks: isNeutral ? [] : remarksOn(carrying, splits, subsets),
  };
}

function remarksOn(
  carrying: readonly Split[],
  splits: readonly Split[],
  subsets: ReadonlyMap<string, ResolverSubset>,
): string[] {
  const remarks = carrying.flatMap(({ subset, weight }) => {
    if (subset === null) return [`${weight}% goes to no subset, over all instances whatever their version.`];
    const found = subsets.get(subset);
    if (found === undefined) return [`The splitter names the subset ${subset}, which the resolver does not have.`];
    if (found.version !== null) return [];
    const filter = found.filter === '' ? 'has no filter' : `has the filter ${found.filter}`;
    return [`The subset ${subset} ${filter}, which does not name one version: it is shown by its own name.`];
  });
  const sum = splits.reduce((all, { weight }) => all + Math.round(weight * 100), 0) / 100;
  const isOdd = sum !== 100 || splits.some(({ weight }) => weight < 0);
  return isOdd
    ? [...remarks, `Its weights are ${splits.map(({ weight }) => weight).join(', ')}: shown in proportion.`]
    : remarks;
}
