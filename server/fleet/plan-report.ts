/** Reads of a sweep at rest: a service of 50 instances costs Consul a few ms, so this is some hundredths of one of its cores. */
export const REST_SWEEPS_PER_SECOND = 10;
/** Reads of a sweep that is owed, because something changed and nothing says where. */
export const OWED_SWEEPS_PER_SECOND = 40;

/** The shortest pause between two answers of a busy watch. */
const WATCH_DELAY_MS = 100;
/** What a signal adds: reading the service that it names, behind others of the same moment. */
const READ_DELAY_MS = 150;
/** Reading the summary of all services, not sooner than a second after the one before, and then the services that differ. */
const SUMMARY_DELAY_MS = 2_500;
/** A wait stands about so long at Consul while nothing happens. */
const WAIT_SECONDS = 20;

export interface PlanFacts {
  readonly dc: string;
  readonly mode: 'exact' | 'signals';
  readonly services: number;
  /** Services with a waiting query of their own. */
  readonly exact: number;
  /** All waiting queries. */
  readonly watches: number;
  /** Services that no waiting query can be held for, read again and again by themselves, reads a second. */
  readonly oddReadsPerSecond: number;
  /** How long the last full sweep really took, ms; null before the first is through. */
  readonly lastSweepMs: number | null;
}

/** What a plan costs Consul at rest, and how late it may show each kind of change while all goes well. */
export interface PlanReport {
  readonly readsPerSecond: number;
  readonly statusDelayMs: number;
  readonly membershipDelayMs: number;
  readonly definitionDelayMs: number;
  readonly worstDelayMs: number;
  readonly explanation: string;
}

export function planReport(facts: PlanFacts): PlanReport {
  const cold = facts.mode === 'exact' ? 0 : facts.services - facts.exact;
  const sweeps = cold > 0 ? REST_SWEEPS_PER_SECOND : 0;
  const readsPerSecond = Math.round((facts.watches / WAIT_SECONDS + sweeps + facts.oddReadsPerSecond) * 10) / 10;
  if (cold === 0) {
    return {
      readsPerSecond,
      statusDelayMs: WATCH_DELAY_MS,
      membershipDelayMs: WATCH_DELAY_MS,
      definitionDelayMs: WATCH_DELAY_MS,
      worstDelayMs: WATCH_DELAY_MS,
      explanation: `Each of the ${facts.services} services of ${facts.dc} has a waiting query of its own: every change is seen as it happens.`,
    };
  }
  const sweepMs = (perSecond: number) => Math.ceil((cold / perSecond) * 1_000);
  const definitionDelayMs = SUMMARY_DELAY_MS + sweepMs(OWED_SWEEPS_PER_SECOND);
  const worstDelayMs = Math.max(
    definitionDelayMs,
    sweepMs(REST_SWEEPS_PER_SECOND),
    Math.min(facts.lastSweepMs ?? 0, 10 * sweepMs(REST_SWEEPS_PER_SECOND)),
  );
  return {
    readsPerSecond,
    statusDelayMs: WATCH_DELAY_MS + READ_DELAY_MS,
    membershipDelayMs: SUMMARY_DELAY_MS,
    definitionDelayMs,
    worstDelayMs,
    explanation:
      `${facts.dc} has ${facts.services} services, more than the connections carry waiting queries for: ${facts.exact} hot ones have one, ` +
      `the other ${cold} are read when the datacenter's signals name them, and all in turn within ${seconds(worstDelayMs)}.`,
  };
}

const seconds = (ms: number): string => `${Math.ceil(ms / 1_000)} s`;
