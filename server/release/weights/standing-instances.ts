import { instanceKey } from '@/lib/fleet/keys';
import { isMaintenanceCheck, statusOfChecks } from '@/lib/fleet/status';
import { versionOf } from '@/lib/fleet/version';
import type { JsonObject } from '@/lib/release/json';
import { isInTraffic, isVerified } from '@/lib/release/verified';
import { weightsOf } from '@/lib/release/weights/definition-weights';
import { isLictorsReason } from '@/lib/release/weights/maintenance-reason';
import { maintenanceCheckId } from '@/lib/release/weights/maintenance-write';
import { withoutIndexes } from '@/lib/release/weights/same-definition';
import type { InstanceMaintenance, StandingInstance } from '@/lib/release/weights/standing-instance';
import type { AgentView } from './agent-view';
import type { CatalogCheck, CatalogInstance } from './catalog-instances';

/** Gossip's own check: a node that bears it has an agent, which owns what is registered there. */
const GOSSIP_CHECK = 'serfHealth';

export const isAgentOwned = ({ checks }: CatalogInstance): boolean => checks.some(({ id }) => id === GOSSIP_CHECK);

interface Reader {
  readonly dc: string;
  readonly versionMetaKeys: readonly string[];
}

/** @param view what the agent that owns it keeps; null: no agent owns it */
export function standingInstance(
  { dc, versionMetaKeys }: Reader,
  instance: CatalogInstance,
  view: AgentView | null,
): StandingInstance {
  const { node, id, tags, meta, checks, image, index, createIndex } = instance;
  const others = checks.filter((check) => !isLictors(check));
  return {
    ...{ key: instanceKey(dc, node, id), node, id, index, createIndex },
    version: versionOf(meta, tags, versionMetaKeys),
    owner: view === null ? 'catalog' : 'agent',
    status: statusOfChecks(checks),
    serves: isInTraffic({ status: statusOfChecks(others), unconfirmed: false, checks: others }),
    verified: isVerified({ checks }),
    maintenance: view === null ? catalogMaintenance(id, checks) : agentMaintenance(view.maintenanceOf(id)),
    weights: weightsOf(image),
    definition: definitionOf(withoutIndexes(image), id, view),
  };
}

const isLictors = ({ id, scope, notes }: CatalogCheck): boolean =>
  scope === 'service' && isMaintenanceCheck(id) && isLictorsReason(notes);

function catalogMaintenance(id: string, checks: readonly CatalogCheck[]): InstanceMaintenance | null {
  const check = checks.find((one) => one.id === maintenanceCheckId(id));
  return check ? { reason: check.notes, check: withoutIndexes(check.image), index: check.index } : null;
}

const agentMaintenance = (reason: string | null): InstanceMaintenance | null =>
  reason === null ? null : { reason, check: null, index: 0 };

function definitionOf(image: JsonObject, id: string, view: AgentView | null): JsonObject {
  const kept = view?.definitions.get(id);
  return kept ? withoutIndexes(kept) : image;
}
