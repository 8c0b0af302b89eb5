import type { JsonObject } from '@/lib/release/json';
import type { PlannedWrite } from '@/lib/release/planned-write';
import { maintenanceTarget } from './instance-target';
import type { StandingInstance } from './standing-instance';

/** As Consul's own agents name the check of an instance's maintenance. */
export const maintenanceCheckId = (serviceId: string): string => `_service_maintenance:${serviceId}`;

/** Takes an instance out of traffic at whoever owns it, or with a null reason lets it in again. */
export function maintenanceWrite(
  dc: string,
  instance: StandingInstance,
  reason: string | null,
  stage: number,
): PlannedWrite {
  const { node, id, owner, maintenance } = instance;
  const common = { dc, target: maintenanceTarget(dc, instance), stage, node, id };
  if (owner === 'agent') {
    return { kind: 'agent-maintenance', ...common, before: maintenance?.reason ?? null, after: reason };
  }
  return {
    ...{ kind: 'catalog-check', ...common, checkId: maintenanceCheckId(id) },
    before: maintenance?.check ?? null,
    after: reason === null ? null : maintenanceCheck(node, id, reason),
    index: maintenance?.index ?? 0,
  };
}

/** The same check that an agent would register. */
function maintenanceCheck(node: string, serviceId: string, reason: string): JsonObject {
  return {
    ...{ Node: node, CheckID: maintenanceCheckId(serviceId), Name: 'Service Maintenance Mode' },
    ...{ Status: 'critical', Notes: reason, Output: '', ServiceID: serviceId },
  };
}
