'use client';

import type { NodesBody } from '@/lib/fleet/model';
import { usePast } from './past';
import { useTopic } from './use-topic';

/** What `select` takes of the nodes; undefined before the first body, and of the past, which is played without them. */
export function useNodes<T>(select: (body: NodesBody) => T): T | undefined {
  const past = usePast();
  const live = useTopic('nodes', select);
  return past ? undefined : live;
}
