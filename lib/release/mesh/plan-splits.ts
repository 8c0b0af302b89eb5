import type { JsonObject } from '@/lib/release/json';
import { shareOf } from '@/lib/release/shares/normalize-shares';
import { splitterWeights } from '@/lib/release/shares/splitter-weights';
import type { Shares } from '@/lib/release/split-body';
import { holdsMore } from './entry-parts';
import type { MeshScene } from './mesh-scene';
import { ALL_INSTANCES, type Split } from './splitter-splits';
import type { SubsetDraft } from './subset-draft';

/**
 * The splitter that declares these shares. A split that stands keeps its place and every field but its weight; one without weight goes where nothing more
 * stands in it and nobody wished it.
 * @throws MeshRefusal
 */
export function plannedSplitter(scene: MeshScene, shares: Shares, draft: SubsetDraft): JsonObject {
  const { standing, entries, service } = scene;
  const placed = new Set<string>();
  const kept = standing.splits.flatMap((split): JsonObject[] => {
    const weight = placed.has(split.label) ? 0 : shareOf(shares, split.label);
    const isFirst = !placed.has(split.label);
    placed.add(split.label);
    const isWished = isFirst && Object.hasOwn(shares, split.label);
    return weight === 0 && !isWished && isBare(split) ? [] : [{ ...split.raw, Weight: weight }];
  });
  const added = splitterWeights(shares)
    .filter(({ version, weight }) => weight > 0 && !placed.has(version))
    .map(({ version, weight }) => {
      const isAll = version === ALL_INSTANCES && !scene.running.includes(version);
      return { Weight: weight, ...(!isAll && { ServiceSubset: draft.for(version).name }) };
    });
  const before = entries['service-splitter'].image ?? { Kind: 'service-splitter', Name: service };
  return { ...before, Splits: [...kept, ...added] };
}

function isBare({ raw }: Split): boolean {
  return !holdsMore(raw, ['Weight', 'ServiceSubset', 'Service', 'Namespace', 'Partition']);
}
