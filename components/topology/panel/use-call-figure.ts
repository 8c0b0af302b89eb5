'use client';

import { useText } from '@/components/ui/text-provider';
import type { TopologyEdge } from '@/lib/topology/topology-body';

/** From which part of errors on they are what there is to say of a call. */
const FAILING_FROM = 0.01;

/** What there is to say of a call in a word or two: that it fails, else how many there are; null: nobody counts it. */
export function useCallFigure(): (edge: Pick<TopologyEdge, 'errorRatio' | 'ratePerSecond'>) => string | null {
  const words = useText().topology;
  return ({ errorRatio, ratePerSecond }) => {
    if (errorRatio !== null && errorRatio >= FAILING_FROM) return words.failing(errorRatio);
    return ratePerSecond === null ? null : words.perSecond(ratePerSecond);
  };
}
