/** One look at a service or a node, as it was then; undefined: it was not there. */
export interface Observation<State> {
  readonly next: State | undefined;
  /** ms since 1970 by the machine's clock. */
  readonly observedAtMs: number;
  readonly index: number | null;
  readonly merged: boolean;
}
