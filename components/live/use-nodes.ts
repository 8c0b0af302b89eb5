'use client';

import type { NodesBody } from '@/lib/fleet/model';

/** What `select` takes of the nodes; undefined before the first body. */
export function useNodes<T>(_select: (body: NodesBody) => T): T | undefined {
  return undefined;
}
