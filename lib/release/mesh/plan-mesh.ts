import type { JsonObject } from '@/lib/release/json';
import type { WriteOf } from '@/lib/release/planned-write';
import { checkShares } from '@/lib/release/shares/normalize-shares';
import type { Shares, SplitWarning, SplitWish } from '@/lib/release/split-body';
import { objectsByName } from './entry-parts';
import { judgeTargets } from './judge-targets';
import { type MeshKind, meshKinds } from './mesh-entries';
import { isProtocolUnset, meshObstacle } from './mesh-obstacle';
import { MeshRefusal } from './mesh-refusal';
import type { MeshScene } from './mesh-scene';
import { meshTargets } from './mesh-targets';
import { everyDatacenter, failoverWarnings, leakySubset, protocolChange } from './mesh-warnings';
import { plannedRouter } from './plan-routes';
import { plannedSplitter } from './plan-splits';
import { type PlannedEntries, plannedWrites } from './planned-entries';
import { plannedFailover } from './resolver-failover';
import { ALL_INSTANCES } from './splitter-splits';
import { standingSplit } from './standing-split';
import { SubsetDraft } from './subset-draft';

export interface MeshPlan {
  readonly writes: readonly WriteOf<'config-entry'>[];
  readonly warnings: readonly SplitWarning[];
  /** As it will be read; null: nothing is declared. */
  readonly declares: Shares | null;
}

/**
 * The writes that make the mesh do what is wished, in the order that Consul needs: the protocol, then the subsets, then what refers to them. What moves between
 * subsets that stand is one write. Everything else that stands in these entries is kept.
 * @throws MeshRefusal
 */
export function planMesh(scene: MeshScene, wish: Omit<SplitWish, 'mechanism' | 'stages'>): MeshPlan {
  const obstacle = meshObstacle(scene);
  if (obstacle !== null) throw new MeshRefusal(obstacle.code, obstacle.sentence);
  const { shares, routes, failover } = wish;
  const draft = new SubsetDraft(scene);
  const splitter = shares && divided(scene, shares, draft);
  const router = routes && plannedRouter(scene, routes, draft);
  const resolver = plannedResolver(scene, draft, failover);
  const setsProtocol = isProtocolUnset(scene) && (splitter !== undefined || (routes ?? []).length > 0);
  const planned: PlannedEntries = {
    ...(setsProtocol && { 'service-defaults': { ...standingOrNew(scene, 'service-defaults'), Protocol: 'http' } }),
    ...(resolver && { 'service-resolver': resolver }),
    ...(splitter && { 'service-splitter': splitter }),
    ...(router && (routes.length > 0 || scene.entries['service-router'].image) && { 'service-router': router }),
  };
  const writes = plannedWrites(scene, planned);
  const resolverAfter = resolver ?? scene.entries['service-resolver'].image;
  const targets = meshTargets(scene, wish, draft);
  const usedSubsets = [...new Set(targets.flatMap(({ subset }) => subset ?? []))];
  const warnings = [
    ...(writes.length > 0 ? everyDatacenter(scene) : []),
    ...(setsProtocol ? protocolChange(scene) : []),
    ...judgeTargets(scene, targets, resolverAfter),
    ...usedSubsets.flatMap((subset) => leakySubset(scene, subset)),
    ...(failover ? failoverWarnings(scene, failover) : []),
  ];
  return { writes, warnings, declares: declaredAfter(scene, planned) };
}

function divided(scene: MeshScene, shares: Shares, draft: SubsetDraft): JsonObject {
  const labels = [...scene.standing.subsets.values(), ...scene.standing.splits].map(({ label }) => label);
  const wrong = checkShares(shares, [...scene.running, ...labels, ALL_INSTANCES]);
  if (wrong !== null) throw new MeshRefusal('shares', wrong);
  return plannedSplitter(scene, shares, draft);
}

/** Undefined: it stays as it is. */
function plannedResolver(
  scene: MeshScene,
  draft: SubsetDraft,
  failover: readonly string[] | undefined,
): JsonObject | undefined {
  const { image } = scene.entries['service-resolver'];
  const isTouched = draft.added.length > 0 || (failover !== undefined && (image !== null || failover.length > 0));
  if (!isTouched) return undefined;
  const after = { ...standingOrNew(scene, 'service-resolver') };
  if (draft.added.length > 0) {
    after.Subsets = Object.fromEntries([...objectsByName(image, 'Subsets'), ...draft.added]);
  }
  if (failover !== undefined) after.Failover = plannedFailover(image, failover) ?? {};
  return after;
}

function standingOrNew({ entries, service }: MeshScene, kind: MeshKind): JsonObject {
  return entries[kind].image ?? { Kind: kind, Name: service };
}

function declaredAfter({ entries, service, running, metaKeys }: MeshScene, planned: PlannedEntries): Shares | null {
  const after = Object.fromEntries(
    meshKinds.map((kind) => [kind, { image: planned[kind] ?? entries[kind].image, index: 0 }]),
  );
  return standingSplit({ ...entries, ...after }, service, running, metaKeys).declared;
}
