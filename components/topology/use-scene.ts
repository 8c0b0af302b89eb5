'use client';

import { useMemo } from 'react';
import { useTopology } from '@/components/live/use-topology';
import type { TopologyBody } from '@/lib/topology/topology-body';
import { nothingHidden, type TopologyScene } from './topology-scene';

const whole = (body: TopologyBody) => body;

/** What all parts of the page look at, the same object for as long as nothing of it changes. */
export function useScene(): TopologyScene {
  const body = useTopology(whole);
  return useMemo(() => ({ body, found: null, hidden: nothingHidden }), [body]);
}
