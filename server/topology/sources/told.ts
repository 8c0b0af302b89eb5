import type { SourceTold } from '@/lib/topology/edge-evidence';

/** What takes in what sources say: a `TopologyBook`. */
export interface TopologyTold {
  tell(source: SourceTold, nowMs: number): void;
  untell(id: string): void;
  roundTrips(dc: string, roundTripMs: Readonly<Record<string, number>>): void;
}
