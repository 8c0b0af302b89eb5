/** What the bench tells the crowd's process; each order is answered when it is done. */
export type CrowdOrder =
  | { readonly what: 'open'; readonly clients: number; readonly port: number; readonly path: string }
  /** All lose their connection in the same moment and come back. */
  | { readonly what: 'storm'; readonly resuming: boolean }
  /** Gives the latencies since the last report. */
  | { readonly what: 'report' };

export interface CrowdAnswer {
  readonly tookMs: number;
  /** From the moment before the write until a client had it, ms; one sample a change and client. */
  readonly latenciesMs: readonly number[];
  readonly open: number;
  /** Snapshots ever received. */
  readonly snapshots: number;
  readonly bytes: number;
}
