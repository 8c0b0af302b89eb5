import type { ObservedCheck, ObservedInstance, ObservedNode, ObservedProxy } from '@/lib/fleet/observation';
import type { ConsulCheck } from '@/server/consul/decode/check';
import type { HealthEntry } from '@/server/consul/decode/health-service';
import type { ConsulNode } from '@/server/consul/decode/node';
import type { ConsulProxy } from '@/server/consul/decode/proxy';
import { SharedText } from './shared-text';

const shared = new SharedText();

/** Consul's records in the words of the fleet. */
export function observedInstance({ Node, Service, Checks }: HealthEntry): ObservedInstance {
  return {
    id: Service.ID,
    node: shared.of(Node.Node),
    address: shared.of(Service.Address || Node.Address),
    port: Service.Port,
    tags: Service.Tags.map((tag) => shared.of(tag)),
    meta: Object.fromEntries(Object.entries(Service.Meta).map(([key, value]) => [key, shared.of(value)])),
    weights: { passing: Service.Weights.Passing, warning: Service.Weights.Warning },
    checks: Checks.map(observedCheck),
    ...(Service.Proxy && { proxy: observedProxy(Service.Kind, Service.Proxy) }),
  };
}

function observedProxy(kind: string, { DestinationServiceName, Mode, Upstreams }: ConsulProxy): ObservedProxy {
  return {
    kind: shared.of(kind),
    destination: shared.of(DestinationServiceName),
    isTransparent: Mode === 'transparent',
    upstreams: Upstreams.map((upstream) => ({
      name: shared.of(upstream.DestinationName),
      isQuery: upstream.DestinationType === 'prepared_query',
      datacenter: shared.of(upstream.Datacenter),
      namespace: shared.of(upstream.DestinationNamespace),
      partition: shared.of(upstream.DestinationPartition),
      peer: shared.of(upstream.DestinationPeer),
    })),
  };
}

/** A node with those of `checks` that are its own. */
export function observedNode(node: ConsulNode, checks: readonly ConsulCheck[]): ObservedNode {
  return { name: node.Node, address: node.Address, meta: node.Meta, checks: checks.map(observedCheck) };
}

export function observedCheck(check: ConsulCheck): ObservedCheck {
  const ofNode = check.ServiceID === '';
  return {
    id: ofNode ? shared.of(check.CheckID) : check.CheckID,
    name: shared.of(check.Name),
    type: shared.of(check.Type),
    status: check.Status,
    output: shared.of(check.Output),
    notes: shared.of(check.Notes),
    scope: ofNode ? 'node' : 'service',
  };
}
