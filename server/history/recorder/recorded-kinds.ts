import type { ServiceDetail } from '@/lib/fleet/observe-service';
import { nodeTransitions, recordedNode } from '@/lib/history/node-transitions';
import type { RecordedNode } from '@/lib/history/recorded';
import { type ServiceState, serviceTransitions } from '@/lib/history/service-transitions';
import type { FleetStore } from '@/server/fleet/fleet-store';
import type { RecordedKind } from './recorded-kind';

/** Where the present state of everything stands. */
export type PresentFleet = Pick<
  FleetStore,
  'datacenters' | 'datacenterRecord' | 'services' | 'serviceDetail' | 'nodes' | 'nodeDetail'
>;

export function recordedServices(fleet: PresentFleet): RecordedKind<ServiceState> {
  return {
    names: (dc) => fleet.services(dc),
    present: (dc, name) => serviceState(fleet.serviceDetail(dc, name)),
    isUnread: ({ instances }) => instances.length === 0,
    recorded: async (writer, dc, name) => {
      const state = await writer.recordedService(dc, name);
      return state && { state, lastIndex: state.lastIndex };
    },
    difference: serviceTransitions,
  };
}

export function recordedNodes(fleet: PresentFleet): RecordedKind<RecordedNode> {
  return {
    names: (dc) => fleet.nodes(dc),
    present: (dc, name) => {
      const detail = fleet.nodeDetail(dc, name);
      return detail && recordedNode(detail);
    },
    isUnread: () => false,
    recorded: async (writer, dc, name) => {
      const state = await writer.recordedNode(dc, name);
      return state && { state, lastIndex: state.lastIndex };
    },
    difference: (dc, _name, previous, next, origin) => nodeTransitions(dc, previous, next, origin),
  };
}

export const serviceState = (detail: ServiceDetail | undefined): ServiceState | undefined =>
  detail && { status: detail.service.status, instances: detail.instances };
