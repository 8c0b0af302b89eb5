import type { JsonObject } from '@/lib/release/json';
import type { SplitWarning } from '@/lib/release/split-body';
import { MeshRefusal } from './mesh-refusal';
import type { MeshPlace, MeshScene } from './mesh-scene';
import type { MeshTarget } from './mesh-targets';
import { failoverOf } from './resolver-failover';
import { inTrafficAt } from './subset-targets';

/**
 * Looks where the traffic of each target arrives, in each datacenter in which the plan holds, by the resolver as it will be. Never to nothing: what the plan sends to
 * a target that nothing serves in the datacenter that is asked for, nor where its failover leads, refuses it. What goes there already, and what would go to
 * nothing in another datacenter, is a danger.
 * @throws MeshRefusal
 */
export function judgeTargets(
  scene: MeshScene,
  targets: readonly MeshTarget[],
  resolver: JsonObject | null,
): SplitWarning[] {
  const holding = scene.places.filter(({ dc, instances }) => {
    return dc === scene.dc || (scene.copies.includes(dc) && instances.length > 0);
  });
  return [
    ...holding.flatMap((place) => targets.flatMap((target) => judgeTarget(scene, target, place, resolver))),
    ...holding.filter(({ isLive }) => !isLive).map(notLive),
  ];
}

function judgeTarget(
  scene: MeshScene,
  { label, subset, what, isNew }: MeshTarget,
  place: MeshPlace,
  resolver: JsonObject | null,
): SplitWarning[] {
  const here = inTrafficAt(place, label, scene);
  if (here === null) return [unknownSubset(what, label)];
  if (here > 0) return [];
  const { datacenters, isOther } = failoverOf(resolver, subset?.name ?? null);
  const where = `${what} in ${place.dc}, where none of its instances is in traffic`;
  const standIn = datacenters.find((dc) => {
    const other = scene.places.find((one) => one.dc === dc);
    return other !== undefined && inTrafficAt(other, label, scene) !== 0;
  });
  if (standIn !== undefined || isOther) {
    const to = isOther ? 'what its failover names' : standIn;
    return [{ severity: 'warning', code: 'served-by-failover', sentence: `${where}: ${to} stands in.` }];
  }
  const why = datacenters.length === 0 ? 'and nothing stands in' : `nor in ${datacenters.join(', ')}, which stand in`;
  const sentence = `${where}, ${why}: those requests would fail.`;
  if (place.dc === scene.dc && isNew) {
    const remedy = `Bring one in first, or name a datacenter in which ${JSON.stringify(label)} runs as failover.`;
    throw new MeshRefusal('no-healthy-target', `${sentence} ${remedy}`);
  }
  return [{ severity: 'danger', code: place.dc === scene.dc ? 'no-healthy-target' : 'no-target-elsewhere', sentence }];
}

function unknownSubset(what: string, label: string): SplitWarning {
  const sentence = `${what}, and whether anything serves it is not known: Lictor does not understand the filter of ${label}.`;
  return { severity: 'warning', code: 'subset-unknown', sentence };
}

function notLive({ dc }: MeshPlace): SplitWarning {
  const sentence = `What is known of ${dc} is not fresh, and the shares hold there as well.`;
  return { severity: 'warning', code: 'datacenter-not-live', sentence };
}
