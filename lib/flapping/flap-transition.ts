/** From best to worst: what flaps goes up and down among these. Maintenance and what is unknown are no part of it. */
export const flapStatuses = ['passing', 'warning', 'critical'] as const;
export type FlapStatus = (typeof flapStatuses)[number];

/** A transition that counts, as a verdict shows it. */
export interface FlapTransition {
  /** ms since 1970. */
  readonly atMs: number;
  readonly from: FlapStatus;
  readonly to: FlapStatus;
  /** One answer of Consul may stand for more changes than this one. */
  readonly merged: boolean;
  /** Of a service: the key of the instance whose change it was; else null. */
  readonly instance: string | null;
  /** How often that instance had fallen by then; else 0. */
  readonly instanceFalls: number;
  /** It got worse, and before that it had got better or not changed. */
  readonly isFall: boolean;
  /** It got better after a fall: a whole way down and up again. */
  readonly isRecovery: boolean;
}

export const isFlapStatus = (status: string | null): status is FlapStatus =>
  (flapStatuses as readonly (string | null)[]).includes(status);

/** Above 0: it got worse; below: better. */
export const worsening = (from: FlapStatus, to: FlapStatus): number =>
  flapStatuses.indexOf(to) - flapStatuses.indexOf(from);
