import type { NodeBody } from '@/lib/fleet/model';
import { compareText } from '@/lib/fleet/observe-checks';
import type { DatacenterState } from './datacenter-state';

/** One node with its own checks and every instance that stands on it; undefined where there is no such node. */
export function nodeBody(
  state: DatacenterState,
  name: string,
  stamp: Pick<NodeBody, 'epoch' | 'seq' | 'at'>,
): NodeBody | undefined {
  const detail = state.nodes.get(name);
  if (!detail) return undefined;
  const instances = detail.node.services
    .flatMap((service) => state.services.get(service) ?? [])
    .flatMap(({ service, instances: all }) =>
      all.filter((instance) => instance.node === name).map((instance) => ({ ...instance, service: service.name })),
    )
    .sort((a, b) => compareText(a.key, b.key));
  return { ...stamp, node: detail.node, checks: [...detail.checks], instances };
}
