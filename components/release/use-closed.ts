'use client';

import { useFreshness } from '@/components/live/use-freshness';
import { useText } from '@/components/ui/text-provider';
import type { FreshnessState } from '@/lib/fleet/model';
import type { SplitRecord } from '@/lib/release/split-body';
import { visibleLine } from '@/lib/text/visible-text';

/** Why nothing can be written now, a sentence; null: it can. What is not live here is closed before the server says so. */
export function useClosed(split: SplitRecord, freshness: FreshnessState): string | null {
  const text = useText();
  const { lastContactMs } = useFreshness(split.dc);
  if (freshness === 'live') return split.writeRefusal;
  return text.release.notLive(visibleLine(split.dc), text.freshness.notLive(freshness, lastContactMs));
}
