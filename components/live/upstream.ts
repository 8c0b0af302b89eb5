/** Where a tab's messages come from: a stream of its own, or the one that the browser's tabs share. */
export interface Upstream {
  start(): void;
  stop(): void;
  /** To be called when other topics may be wanted than before. */
  topicsChanged(): void;
  /** Someone looks again, or the network is back: what waits is tried at once. */
  wake(): void;
  /** Replaces what has been silent for too long. Gives back in how many ms to look again. */
  check(): number;
}
