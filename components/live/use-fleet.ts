'use client';

import { useMemo } from 'react';
import type { FleetBody } from '@/lib/fleet/model';
import { usePast } from './past';
import { useTopic } from './use-topic';

/** What `select` takes of the fleet; undefined before the first body. */
export function useFleet<T>(select: (body: FleetBody) => T): T | undefined {
  const past = usePast();
  const live = useTopic('fleet', select);
  const fleet = past?.fleet;
  const then = useMemo(() => fleet && select(fleet), [fleet, select]);
  return past ? then : live;
}
