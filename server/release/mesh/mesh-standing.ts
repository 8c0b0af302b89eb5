import { entryTarget, type MeshEntries, meshKinds } from '@/lib/release/mesh/mesh-entries';
import { meshObstacle } from '@/lib/release/mesh/mesh-obstacle';
import type { MeshScene } from '@/lib/release/mesh/mesh-scene';
import { failoverOrder } from '@/lib/release/mesh/resolver-failover';
import { routerRoutes } from '@/lib/release/mesh/router-routes';
import { comparedEntry } from '@/lib/release/mesh/same-entry';
import type { Standing } from '@/server/release/actuator';

export interface MeshStanding extends Standing {
  /** What a plan is made of; null: the mesh cannot be planned, for the reason that stands here. */
  readonly scene: MeshScene | null;
}

/** @param reason a sentence */
export function meshUnavailable(reason: string): MeshStanding {
  return {
    ...{ mechanism: 'mesh', can: false, reason, declared: null, source: null, index: null },
    ...{ routes: [], failover: [], images: {}, scene: null },
  };
}

/**
 * @param hasProxy whether anything serves the service in the mesh; null: not known
 * @throws ZodError where an entry has another form than Consul gives it
 */
export function meshStanding(scene: MeshScene, hasProxy: boolean | null): MeshStanding {
  const { entries, primary, service, standing } = scene;
  const { declared, subsets, remarks } = standing;
  const obstacle = meshObstacle(scene);
  const reasons = [
    ...(obstacle ? [obstacle.sentence] : []),
    ...remarks,
    ...(hasProxy === false ? [noProxy(scene)] : []),
  ];
  return {
    mechanism: 'mesh',
    can: obstacle === null,
    reason: reasons.length === 0 ? null : reasons.join(' '),
    declared,
    source: declared === null ? null : entryTarget(primary, 'service-splitter', service),
    index: highestIndex(entries),
    routes: routerRoutes(entries['service-router'].image, service, subsets).plain.map(({ route }) => route),
    failover: failoverOrder(entries['service-resolver'].image),
    images: imagesOf(scene),
    indexes: Object.fromEntries(meshKinds.map((kind) => [`${kind}/${service}`, entries[kind].index])),
    scene,
  };
}

function noProxy({ service, dc }: MeshScene): string {
  return `No proxy serves ${service} in the mesh of ${dc}: a splitter moves only what comes through mesh proxies.`;
}

function highestIndex(entries: MeshEntries): number | null {
  const highest = Math.max(...meshKinds.map((kind) => entries[kind].index));
  return highest === 0 ? null : highest;
}

function imagesOf({ entries, primary, service, globalProtocol }: MeshScene): Standing['images'] {
  const own = meshKinds.map((kind) => {
    const { image } = entries[kind];
    return [entryTarget(primary, kind, service), image && comparedEntry(image)] as const;
  });
  const defaults = globalProtocol === '' ? null : { Config: { protocol: globalProtocol } };
  return Object.fromEntries([...own, [entryTarget(primary, 'proxy-defaults', 'global'), defaults]]);
}
