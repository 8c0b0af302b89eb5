'use client';

import type { SplitsBody } from '@/lib/release/split-body';
import { usePast } from './past';
import { useTopic } from './use-topic';

/** What `select` takes of how traffic is divided; undefined before the first body, and of the past, which does not know. */
export function useSplits<T>(select: (body: SplitsBody) => T): T | undefined {
  const past = usePast();
  const live = useTopic('splits', select);
  return past ? undefined : live;
}
