import type { LeadershipState } from '@/lib/system/leadership-state';

/** Whether this process leads among those that share a record, and who does where it does not. */
export interface Leadership {
  /** As of now: `leads` ends with its proof, also while nobody was told yet. */
  readonly state: LeadershipState;
  /** Told each other state, in the turn in which it begins. */
  onChange(listener: (state: LeadershipState) => void): void;
  start(): void;
  /** Lets go at once, so that another may lead. Resolves when that is done, or cannot be: what was held then runs out by itself. */
  stop(): Promise<void>;
}
