import type { Instance } from '@/lib/fleet/model';
import type { Mechanism } from '@/lib/release/mechanism';
import type { PlannedWrite } from '@/lib/release/planned-write';
import type {
  HeaderRoute,
  MechanismState,
  Shares,
  SplitWarning,
  SplitWish,
  VersionStage,
} from '@/lib/release/split-body';

/** The service whose traffic is divided, as the fleet shows it now. */
export interface SplitSubject {
  readonly dc: string;
  readonly name: string;
  readonly instances: readonly Instance[];
  /** By version, what a person said of it; `active` where nobody did. */
  readonly stages: Readonly<Record<string, VersionStage>>;
  /** Metadata keys that may hold a version, the first found wins. */
  readonly versionMetaKeys: readonly string[];
}

/** An instance, and what it bears. */
type WeighedInstance = Pick<Instance, 'key' | 'node' | 'id' | 'version' | 'weights' | 'status'>;

/** What a mechanism finds for a service, read from Consul just now. */
export interface Standing extends MechanismState {
  readonly routes: readonly HeaderRoute[];
  readonly failover: readonly string[];
  /** Everything that a plan compares, as it stands: the ETag is its digest. By target. */
  readonly images: Readonly<Record<string, unknown>>;
  /** ModifyIndex of each entry and key that was read, 0 where there is none, by the name that the watch of what is configured gives it. */
  readonly indexes?: Readonly<Record<string, number>>;
  /** Of mechanism `weights`: the instances as they were read with it. Drift by weights is told by them. */
  readonly instances?: readonly WeighedInstance[];
}

export interface Plan {
  readonly writes: readonly PlannedWrite[];
  readonly warnings: readonly SplitWarning[];
  /** What will be declared, after the mechanism's grain; null where the shares are not touched and none are declared. */
  readonly declares: Shares | null;
  /** Largest difference to the wish, percentage points. */
  readonly roundingError: number;
  /** Of mechanism `weights`: what an instance of each version will bear while it is passing, 0 in maintenance. */
  readonly weights?: Readonly<Record<string, number>>;
}

/** A plan that cannot be made: nothing was written. The message says what, why, and what to do. */
export class PlanRefused extends Error {
  constructor(
    /** Stable: `no-healthy-target`, `protocol-tcp`, `agent-unreachable` … */
    readonly code: string,
    sentence: string,
  ) {
    super(sentence);
    this.name = 'PlanRefused';
  }
}

/** One of the ways in which traffic is divided. It reads and plans; `Writer`s write. */
export interface Actuator<Found extends Standing = Standing> {
  readonly mechanism: Mechanism;
  /** @throws ConsulError */
  read(subject: SplitSubject, signal: AbortSignal): Promise<Found>;
  /**
   * Pure, on what `read` found. Empty `writes`: it stands so already.
   * @throws PlanRefused
   */
  plan(subject: SplitSubject, standing: Found, wish: SplitWish): Plan;
  /**
   * Whether what was written has arrived where it works (the replicated entry and the compiled chain, the catalog behind an agent), a sentence of what is
   * missing; null: it has.
   * @throws ConsulError
   */
  verify(subject: SplitSubject, plan: Plan, signal: AbortSignal): Promise<string | null>;
}
