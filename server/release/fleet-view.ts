import type { DatacenterRecord, ServiceBody } from '@/lib/fleet/model';

/** What releases need to know of the fleet; `main` hands the store in. */
export interface FleetView {
  /** undefined: there is no such service. */
  service(key: string): ServiceBody | undefined;
  datacenter(name: string): DatacenterRecord | undefined;
  /** Keys of every service. */
  keys(): readonly string[];
}
