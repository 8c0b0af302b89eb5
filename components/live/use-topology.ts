'use client';

import { useMemo } from 'react';
import type { TopologyBody } from '@/lib/topology/topology-body';
import { usePast } from './past';
import { usePastTopology } from './use-past-topology';
import { useTopic } from './use-topic';

/** What `select` takes of who depends on whom, now or at the moment of the past that is shown; undefined before the first body. */
export function useTopology<T>(select: (body: TopologyBody) => T): T | undefined {
  const past = usePast();
  const live = useTopic('topology', select);
  const then = usePastTopology(past?.atMs ?? null);
  const selected = useMemo(() => then && select(then), [then, select]);
  return past ? selected : live;
}
