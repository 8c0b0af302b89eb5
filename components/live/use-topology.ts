'use client';

import type { TopologyBody } from '@/lib/topology/topology-body';
import { useTopic } from './use-topic';

/** What `select` takes of who depends on whom; undefined before the first body. */
export function useTopology<T>(select: (body: TopologyBody) => T): T | undefined {
  return useTopic('topology', select);
}
