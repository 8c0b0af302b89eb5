import type { JsonObject } from '@/lib/release/json';
import type { WriteOf } from '@/lib/release/planned-write';
import { entryTarget, type MeshKind, meshKinds } from './mesh-entries';
import type { MeshScene } from './mesh-scene';
import { isSameEntry } from './same-entry';

/** What is to stand; what is absent stays. */
export type PlannedEntries = { readonly [Kind in MeshKind]?: JsonObject };

/** A splitter and a router do not refer to one another. */
const STAGE_OF: Readonly<Record<MeshKind, number>> = {
  'service-defaults': 0,
  'service-resolver': 1,
  'service-splitter': 2,
  'service-router': 2,
};

/** Writes of what differs, in stages from 0 on without a gap. */
export function plannedWrites(
  { entries, primary, service }: MeshScene,
  planned: PlannedEntries,
): WriteOf<'config-entry'>[] {
  const changes = meshKinds.flatMap((entryKind) => {
    const after = planned[entryKind];
    const { image: before, index } = entries[entryKind];
    if (after === undefined || (before !== null && isSameEntry(before, after))) return [];
    return [{ entryKind, before, after, index }];
  });
  const stages = [...new Set(changes.map(({ entryKind }) => STAGE_OF[entryKind]))];
  return changes.map((change) => ({
    kind: 'config-entry' as const,
    dc: primary,
    target: entryTarget(primary, change.entryKind, service),
    stage: stages.indexOf(STAGE_OF[change.entryKind]),
    name: service,
    ...change,
  }));
}
