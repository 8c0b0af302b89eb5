import type { DatacenterFacts, InstanceFacts, NodeFacts, ServiceFacts } from '@/lib/alerts/facts';
import type { AlertRule } from '@/lib/alerts/rule';
import { instanceKey } from '@/lib/fleet/keys';
import type { Status } from '@/lib/fleet/model';
import { statusOfInstances } from '@/lib/fleet/status';
import type { RuleOf } from './compiled-rule';

/** Facts and rules for tests: say what matters, the rest is plain. */

type RuleParts = { [Kind in AlertRule['when']]: Omit<RuleOf<Kind>, keyof typeof plainRule> }[AlertRule['when']];

const plainRule = {
  severity: 'warning' as AlertRule['severity'],
  for: 0,
  keep_firing_for: 0,
  where: '',
  labels: {} as Record<string, string>,
  annotations: {} as Record<string, string>,
};

export function exampleRule(parts: RuleParts & Partial<typeof plainRule>): AlertRule {
  return { ...plainRule, ...parts };
}

/** @param ownCheck its status by its own check; else it is its node's that says so */
export function exampleInstanceFacts(
  id: string,
  status: Status,
  { node = 'a', sinceMs = 1_000, ownCheck = true, dc = 'dc1' } = {},
): InstanceFacts {
  const checked = status === 'critical' && ownCheck ? ('critical' as const) : ('passing' as const);
  return {
    ...{ key: instanceKey(dc, node, id), id, node, version: '1.0.0', tags: [], meta: {}, status, sinceMs },
    ...{ sinceAtLeast: false, checks: [{ id: 'http', status: checked }] },
  };
}

export function exampleServiceFacts(
  name: string,
  instances: readonly InstanceFacts[],
  parts: Partial<ServiceFacts> = {},
): ServiceFacts {
  const status = statusOfInstances(instances.map((instance) => instance.status));
  return { dc: 'dc1', name, status, instances, flaps: null, ...parts };
}

export function exampleNodeFacts(name: string, status: Status, parts: Partial<NodeFacts> = {}): NodeFacts {
  const checks = [{ id: 'ping', status: status === 'critical' ? ('critical' as const) : ('passing' as const) }];
  return {
    ...{ dc: 'dc1', name, status, sinceMs: 1_000, sinceAtLeast: false, meta: {}, checks },
    ...{ services: ['web'], instances: 1, flaps: null, ...parts },
  };
}

export function exampleDatacenterFacts(parts: Partial<DatacenterFacts> = {}): DatacenterFacts {
  return {
    ...{ dc: 'dc1', freshness: 'live', freshnessSinceMs: 0, lastContactMs: 0, reason: null },
    ...{ hasLeader: true, noLeaderSinceMs: null, unconfirmed: null, ...parts },
  };
}
