// How often what a plan does besides its waiting queries may cost Consul a read. What a plan promises is worked out from the same numbers.

/** Reads of a sweep at rest. In a Consul of 50,000 instances one of 50 costs 2 to 8 ms of a core, so this is some hundredths of it for ever. */
export const REST_SWEEPS_PER_SECOND = 10;
/** Reads of a sweep that is owed, because something changed and nothing says where. */
export const OWED_SWEEPS_PER_SECOND = 50;
/** A few services are not read more often than this. */
export const LEAST_TURN_MS = 2_000;

/** Services whose name cannot stand in a path are read so often, for no signal names them reliably. */
export const ODD_READS_EVERY_MS = 2_000;

/** Under churn the list of services is read no more often: it costs Consul as much as thirty services, 60 ms of a core at 50,000 instances. */
export const LIST_REFILL_MS = 400;

/**
 * After a few in a row at most one read of all node checks in this time. It wakes on every check of the datacenter, and each answer costs Consul a filter over all of them: 50 ms of a
 * core at 50,000 instances. What falls or recovers is read by itself, at once.
 */
export const NODE_CHECKS_REFILL_MS = 2_000;

/** A wake of the list of services gets this time to be explained by what is watched, or read for its tags, before a summary is asked for. */
export const FIRST_LOOK_MS = 150;
/** The services that two summaries name are read within this time; then it shows whether they are the whole story. */
export const EXPLAINED_WITHIN_MS = 1_000;

/**
 * From the start of one summary of all services to the next, where changes call for it. One costs Consul almost half a second of a core at 50,000 instances: not more than one a
 * second, and never without a pause. @param tookMs the last one
 */
export function summaryIntervalMs(tookMs: number): number {
  return Math.max(1_000, tookMs + 250);
}
