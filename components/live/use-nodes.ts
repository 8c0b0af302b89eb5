'use client';

import type { NodesBody } from '@/lib/fleet/model';
import { useTopic } from './use-topic';

/** What `select` takes of the nodes; undefined before the first body. */
export function useNodes<T>(select: (body: NodesBody) => T): T | undefined {
  return useTopic('nodes', select);
}
