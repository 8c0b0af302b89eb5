import type { Instance } from '@/lib/fleet/model';
import type { MeshEntries } from './mesh-entries';
import { type StandingSplit, standingSplit } from './standing-split';

/** The service's instances in one datacenter. */
export interface MeshPlace {
  readonly dc: string;
  /** What is known of it is fresh. */
  readonly isLive: boolean;
  readonly instances: readonly Instance[];
}

/** All that the mesh is planned on. */
export interface MeshFacts {
  readonly service: string;
  /** The datacenter for which it is asked. */
  readonly dc: string;
  /** Where entries are written. */
  readonly primary: string;
  /** Why nothing can be written there, a sentence; null: it can. */
  readonly writeObstacle: string | null;
  /** The datacenters in which what is written there holds. */
  readonly copies: readonly string[];
  /** Every datacenter that has or had the service, its own one first. */
  readonly places: readonly MeshPlace[];
  readonly entries: MeshEntries;
  /** `Config.protocol` of proxy-defaults; empty: none is set. */
  readonly globalProtocol: string;
  /** Metadata keys that may hold a version, the first found wins. */
  readonly metaKeys: readonly string[];
}

/** The facts with what can be read from them. */
export interface MeshScene extends MeshFacts {
  readonly standing: StandingSplit;
  /** In every datacenter. */
  readonly instances: readonly Instance[];
  /** Versions of the instances, each once. */
  readonly running: readonly string[];
}

/** @throws ZodError where an entry has another form than Consul gives it */
export function meshScene(facts: MeshFacts): MeshScene {
  const instances = facts.places.flatMap((place) => place.instances);
  const running = [...new Set(instances.map(({ version }) => version))];
  return {
    ...facts,
    instances,
    running,
    standing: standingSplit(facts.entries, facts.service, running, facts.metaKeys),
  };
}
