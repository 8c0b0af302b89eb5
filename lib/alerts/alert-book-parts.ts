import type { Acknowledgement, AlertRecord, AlertState } from './alert-body';
import type { Episode } from './alert-episode';

/** A step between two published states. `from` null: it was not there. */
export interface AlertEdge {
  readonly id: string;
  /** ms since 1970. */
  readonly atMs: number;
  readonly from: AlertState | null;
  readonly to: AlertState;
}

/** What is other than it was when it was taken last. */
export interface AlertBookChanges {
  /** Sorted by id; null: it is not listed any more. */
  readonly changed: readonly { readonly id: string; readonly record: AlertRecord | null }[];
  /** The oldest first. What was pending and ceased again between two takings has none. */
  readonly edges: readonly AlertEdge[];
}

/** A silence that holds now. */
export interface ActiveSilence {
  readonly id: string;
  /** @param alert as it would be without any silence */
  readonly matches: (alert: AlertRecord, nowMs: number) => boolean;
  /** What it holds for changes with time alone. */
  readonly timed: boolean;
}

/** An acknowledgement as it is kept: `since` is that of the alert's record when it was given. */
export type KeptAcknowledgement = Acknowledgement & { readonly id: string; readonly since: string };

/** An alert with what is not published of it. */
export type AlertEntry = Readonly<
  Pick<Episode, 'id' | 'dc' | 'condition' | 'phase' | 'firedAtMs' | 'calledAtMs' | 'resolvedAtMs'>
>;
