import type { DatacenterRecord } from '@/lib/fleet/model';
import type { Sighting } from '@/lib/fleet/observation';
import type { NodeDetail } from '@/lib/fleet/observe-node';
import type { ServiceDetail } from '@/lib/fleet/observe-service';
import type { Provenance } from './published-fleet';

/** From one state to the next; undefined: it is not there. */
export interface Step<State> {
  readonly dc: string;
  readonly name: string;
  readonly previous: State | undefined;
  readonly next: State | undefined;
  readonly sighting: Sighting;
  readonly provenance: Provenance;
}

/**
 * Told whatever the store takes in, in the turn in which it takes it in, also where nothing differs: that something was seen again is news to who keeps a
 * record. It only notes what it is told, for everyone waits for it.
 */
export interface FleetObserver {
  onService(step: Step<ServiceDetail>): void;
  onNode(step: Step<NodeDetail>): void;
  /** Not where nothing but an age has grown. */
  onDatacenter(name: string, previous: DatacenterRecord | undefined, next: DatacenterRecord | undefined): void;
}
