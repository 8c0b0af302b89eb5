'use client';

import type { FleetBody } from '@/lib/fleet/model';

/** What `select` takes of the fleet; undefined before the first body. */
export function useFleet<T>(_select: (body: FleetBody) => T): T | undefined {
  return undefined;
}
