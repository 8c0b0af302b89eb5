import type { Settings } from './config/settings';
import type { Clock } from './consul/clock';
import type { Actuator } from './release/actuator';
import type { FleetView } from './release/fleet-view';
import { MeshActuator } from './release/mesh/mesh-actuator';
import { PolicyActuator } from './release/policy/policy-actuator';
import type { ReleaseConsul } from './release/release-consul';
import { OwnerAgents } from './release/weights/owner-agents';
import { WeightsActuator } from './release/weights/weights-actuator';
import type { Writers } from './release/writer';
import { AgentMaintenanceWriter } from './release/writers/agent-maintenance-writer';
import { AgentServiceWriter } from './release/writers/agent-service-writer';
import { CatalogCheckWriter } from './release/writers/catalog-check-writer';
import { CatalogServiceWriter } from './release/writers/catalog-service-writer';
import { ConfigEntryWriter } from './release/writers/config-entry-writer';
import { KvWriter } from './release/writers/kv-writer';

export interface OpenMechanisms {
  readonly actuators: readonly Actuator[];
  readonly writers: Writers;
  close(): Promise<void>;
}

/** Every way in which traffic is divided, and who carries out what they plan. */
export function openMechanisms(
  { file }: Pick<Settings, 'file'>,
  consul: ReleaseConsul,
  fleet: FleetView,
  clock: Clock,
  warn: (sentence: string) => void,
): OpenMechanisms {
  const agents = new OwnerAgents(file.release.agents, warn);
  return {
    actuators: [
      new MeshActuator(consul, fleet),
      new PolicyActuator({ consul, prefix: file.release.policyPrefix }),
      new WeightsActuator(consul, agents),
    ],
    writers: {
      'config-entry': new ConfigEntryWriter(consul),
      kv: new KvWriter(consul),
      'catalog-service': new CatalogServiceWriter(consul),
      'catalog-check': new CatalogCheckWriter(consul),
      'agent-service': new AgentServiceWriter(agents),
      'agent-maintenance': new AgentMaintenanceWriter(agents, consul, clock),
    },
    close: () => agents.close(),
  };
}
