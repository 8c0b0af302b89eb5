'use client';

import type { AlertsBody } from '@/lib/alerts/alert-body';
import { type FiringCount, firingCount } from '@/lib/alerts/view/alert-counts';
import { useTopic } from './use-topic';

const firing = ({ items }: AlertsBody) => firingCount(items).firing;
const critical = ({ items }: AlertsBody) => firingCount(items).critical;

/** How many alerts fire now, whatever moment of the past a page shows. `first`: as the server rendered it, which knew before the first body came. */
export function useFiring(first: FiringCount): FiringCount {
  const now = { firing: useTopic('alerts', firing), critical: useTopic('alerts', critical) };
  return { firing: now.firing ?? first.firing, critical: now.critical ?? first.critical };
}
