'use client';

import { useCallback } from 'react';
import { useFleet } from '@/components/live/use-fleet';
import { useNodes } from '@/components/live/use-nodes';
import type { FleetBody, NodesBody, ServiceRecord, Status } from '@/lib/fleet/model';

/** What something is now; null: it is not there. */
export interface StatusNow {
  readonly status: Status;
  readonly since: string;
  readonly sinceAtLeast: boolean;
}

/** The services of a datacenter as they are now, live; undefined before they are known. */
export function useServicesOf(dc: string): readonly ServiceRecord[] | undefined {
  return useFleet(
    useCallback((body: FleetBody) => body.datacenters.find((known) => known.name === dc)?.services ?? [], [dc]),
  );
}

/** A node as it is now, live; null: it is not there, undefined: it is not known yet. */
export function useNodeNow(key: string): StatusNow | null | undefined {
  const select = useCallback(
    (body: NodesBody) => body.datacenters.flatMap(({ nodes }) => nodes).find((node) => node.key === key) ?? null,
    [key],
  );
  return useNodes(select);
}
