import type { ServiceDetail } from '@/lib/fleet/observe-service';

/** A service as the fleet sees it now; undefined: it is not there. */
export interface FleetStep {
  readonly dc: string;
  readonly name: string;
  readonly next: ServiceDetail | undefined;
}
