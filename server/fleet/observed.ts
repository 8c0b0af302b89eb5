import type { ObservedCheck, ObservedInstance, ObservedNode } from '@/lib/fleet/observation';
import type { ConsulCheck } from '@/server/consul/decode/check';
import type { HealthEntry } from '@/server/consul/decode/health-service';
import type { ConsulNode } from '@/server/consul/decode/node';

/** Consul's records in the words of the fleet. */
export function observedInstance({ Node, Service, Checks }: HealthEntry): ObservedInstance {
  return {
    id: Service.ID,
    node: Node.Node,
    address: Service.Address || Node.Address,
    port: Service.Port,
    tags: Service.Tags,
    meta: Service.Meta,
    weights: { passing: Service.Weights.Passing, warning: Service.Weights.Warning },
    checks: Checks.map(observedCheck),
  };
}

/** A node with those of `checks` that are its own. */
export function observedNode(node: ConsulNode, checks: readonly ConsulCheck[]): ObservedNode {
  return { name: node.Node, address: node.Address, meta: node.Meta, checks: checks.map(observedCheck) };
}

function observedCheck(check: ConsulCheck): ObservedCheck {
  return {
    id: check.CheckID,
    name: check.Name,
    type: check.Type,
    status: check.Status,
    output: check.Output,
    notes: check.Notes,
    scope: check.ServiceID === '' ? 'node' : 'service',
  };
}
