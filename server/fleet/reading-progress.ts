/** How far the reading of one datacenter is. */
export interface ReadingProgress {
  /** Everything was read once. */
  readonly synced: boolean;
  /** Watches that fail, or were not answered yet. */
  readonly notLive: number;
}
