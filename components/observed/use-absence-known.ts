'use client';

import { useFreshness } from '@/components/live/use-freshness';
import { useView } from './use-view';

/** Whether this reader can be told that something is not there: not of a datacenter that is out of sight. */
export function useAbsenceKnown(dc: string): boolean {
  const { fleet } = useView();
  const { state } = useFreshness(dc);
  return state === 'live' || !fleet?.datacenters.some((datacenter) => datacenter.name === dc);
}
