import type { Change } from '@/lib/stream/protocol';
import type { Clock } from '@/server/consul/clock';
import type { Actuator } from '@/server/release/actuator';
import type { FleetView } from '@/server/release/fleet-view';
import type { Outcome } from '@/server/release/journal/outcome';
import type { PlanRequest } from '@/server/release/journal/plan-executor';
import type { ObservedShares } from '@/server/release/observed-shares';
import type { ReleaseConsul } from '@/server/release/release-consul';

/** Where the topic `splits` is published; the stream's journal. */
export interface SplitPublisher {
  readonly epoch: number;
  readonly seq: number;
  publish(
    topic: 'splits',
    publication: { readonly observedAt: string; readonly index: number | null; readonly changes: readonly Change[] },
  ): unknown;
}

/** Plans that are under way or were left, whoever made them. */
interface PlanJournal {
  /** A plan that was begun and is not over, a sentence; null: none is known. */
  unfinished(dc: string, service: string): string | null;
  /** Whether a plan is under way or was left, read from Consul now. @throws ConsulError */
  isUnderWay(dc: string, service: string, signal: AbortSignal): Promise<boolean>;
}

/** Carries a plan out. */
interface PlanRunner {
  execute(request: PlanRequest, signal: AbortSignal): Promise<Outcome>;
}

/** What the desk is made of; `main` puts it together. */
export interface DeskParts {
  readonly publisher: SplitPublisher;
  readonly fleet: FleetView;
  readonly consul: ReleaseConsul;
  readonly actuators: readonly Actuator[];
  readonly journal: PlanJournal;
  readonly runner: PlanRunner;
  readonly observed: ObservedShares;
  /** Keys of the services that somebody looks at. */
  lookedAt(): readonly string[];
  /** Metadata keys that may hold a version, the first found wins. */
  readonly versionMetaKeys: readonly string[];
  readonly clock: Clock;
  readonly random: () => number;
  /** Of this process: no other has the same. */
  readonly process: string;
  /** What was done to a service, or went wrong, for the record of the past. */
  readonly recorded: (dc: string, name: string, sentence: string) => void;
  readonly log: { warn(details: object, message: string): void; error(details: object, message: string): void };
}
