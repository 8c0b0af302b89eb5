import type { Status } from '@/lib/fleet/model';
import { SERVICE_SEVERITY } from '@/lib/fleet/status';
import type { TopologyNode } from '@/lib/topology/topology-body';

/** How many of each status. */
export type StatusCounts = Readonly<Record<Status, number>>;

/** How a group of services fares. */
export interface Tally {
  readonly services: StatusCounts;
  /** The worst of them. */
  readonly status: Status;
  readonly flapping: number;
}

export function tallyOf(nodes: Iterable<TopologyNode>): Tally {
  const services = { passing: 0, warning: 0, critical: 0, maintenance: 0, unknown: 0 };
  let flapping = 0;
  for (const node of nodes) {
    services[node.status] += 1;
    flapping += (node.flapping ?? 0) > 0 ? 1 : 0;
  }
  return { services, status: SERVICE_SEVERITY.find((status) => services[status] > 0) ?? 'unknown', flapping };
}

/** Instances of a service by status; those of which nothing is known are what is left. */
export const instanceCounts = ({ instances, passing, warning, critical, maintenance }: TopologyNode): StatusCounts => ({
  passing,
  warning,
  critical,
  maintenance,
  unknown: Math.max(0, instances - passing - warning - critical - maintenance),
});

export interface Arc {
  readonly status: Status;
  /** Parts of the whole, from 0 to 1. */
  readonly from: number;
  readonly to: number;
}

/** The smallest part of a ring that is still seen. */
const LEAST_ARC = 0.06;

/** A ring divided by status, the worst first; however few are not well, they are seen. Nothing to divide is all unknown. */
export function arcsOf(counts: StatusCounts): Arc[] {
  const parts = SERVICE_SEVERITY.map((status) => ({ status, count: counts[status] })).filter(({ count }) => count > 0);
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return [{ status: 'unknown', from: 0, to: 1 }];
  const widths = parts.map(({ count }) => Math.max(LEAST_ARC, count / total));
  const whole = widths.reduce((sum, width) => sum + width, 0);
  let from = 0;
  return parts.map(({ status }, at) => {
    const to = at === parts.length - 1 ? 1 : from + (widths[at] ?? 0) / whole;
    const arc = { status, from, to };
    from = to;
    return arc;
  });
}
