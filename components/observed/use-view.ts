'use client';

import { useConnection } from '@/components/live/use-connection';
import { useFleet } from '@/components/live/use-fleet';
import { useDatacenterChoice } from '@/components/ui/use-datacenter-choice';
import type { FleetBody } from '@/lib/fleet/model';

const whole = (body: FleetBody) => body;

export interface View {
  /** undefined before the first answer. */
  readonly fleet: FleetBody | undefined;
  /** This tab hears the server. */
  readonly connected: boolean;
  /** The chosen datacenter; null: all. */
  readonly dc: string | null;
}

/** What the reader looks at: the fleet, how far it can be believed, and the datacenter that was chosen. */
export function useView(): View {
  const fleet = useFleet(whole);
  const { phase } = useConnection();
  const [dc] = useDatacenterChoice();
  return { fleet, connected: phase !== 'stale', dc };
}
