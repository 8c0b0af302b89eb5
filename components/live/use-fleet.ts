'use client';

import type { FleetBody } from '@/lib/fleet/model';
import { useTopic } from './use-topic';

/** What `select` takes of the fleet; undefined before the first body. */
export function useFleet<T>(select: (body: FleetBody) => T): T | undefined {
  return useTopic('fleet', select);
}
