import {
  EXPLAINED_WITHIN_MS,
  FIRST_LOOK_MS,
  LEAST_TURN_MS,
  LIST_REFILL_MS,
  NODE_CHECKS_REFILL_MS,
  ODD_READS_EVERY_MS,
  OWED_SWEEPS_PER_SECOND,
  REST_SWEEPS_PER_SECOND,
  summaryIntervalMs,
} from './plan-pace';

/** The shortest pause between two answers of a busy watch. */
const WATCH_DELAY_MS = 100;
/** What a signal adds: reading the service that it names, behind others of the same moment. */
const READ_DELAY_MS = 150;
export interface PlanFacts {
  readonly dc: string;
  readonly mode: 'exact' | 'signals';
  readonly services: number;
  /** Services with a waiting query of their own. */
  readonly exact: number;
  /** Services that cannot have one for the sake of their names. */
  readonly odd: number;
  /** All waiting queries. */
  readonly watches: number;
  /** How long a waiting query stands at Consul, ms. */
  readonly waitMs: number;
  /** How long a waiting query may have to wait for its turn, ms. */
  readonly queueMs: number;
  /** How long the last whole sweep took, ms; null before one is through. */
  readonly lastTurnMs: number | null;
  /** How long the last summary of all services took, ms. */
  readonly summaryMs: number;
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
  const { dc, mode, services, exact, odd, watches, waitMs, queueMs } = facts;
  const cold = mode === 'exact' ? 0 : Math.max(0, services - exact - odd);
  const turnMs = sweepMs(cold, REST_SWEEPS_PER_SECOND);
  const reads = watches / (waitMs + queueMs) + cold / turnMs + odd / ODD_READS_EVERY_MS;
  const delays = cold > 0 ? signalDelays(facts, cold, turnMs) : exactDelays;
  const late = (delayMs: number) => Math.max(odd > 0 ? ODD_READS_EVERY_MS : 0, queueMs + delayMs);
  const sentences = [explained(dc, services, exact, cold, delays.worstDelayMs), oddSentence(odd), turnSentence(facts)];
  return {
    readsPerSecond: Math.round(reads * 10_000) / 10,
    statusDelayMs: late(delays.statusDelayMs),
    membershipDelayMs: late(delays.membershipDelayMs),
    definitionDelayMs: late(delays.definitionDelayMs),
    worstDelayMs: late(delays.worstDelayMs),
    explanation: sentences.flat().join(' '),
  };
}

const exactDelays = {
  statusDelayMs: WATCH_DELAY_MS,
  // A service of a new name is found by the list, and then watched.
  membershipDelayMs: LIST_REFILL_MS + WATCH_DELAY_MS,
  definitionDelayMs: WATCH_DELAY_MS,
  // The words of a node's check that passes on.
  worstDelayMs: NODE_CHECKS_REFILL_MS,
};

function signalDelays({ lastTurnMs, summaryMs }: PlanFacts, cold: number, turnMs: number): typeof exactDelays {
  const membershipDelayMs = roundedUp(
    LIST_REFILL_MS + FIRST_LOOK_MS + summaryIntervalMs(summaryMs) + summaryMs + READ_DELAY_MS,
  );
  const definitionDelayMs = membershipDelayMs + EXPLAINED_WITHIN_MS + sweepMs(cold, OWED_SWEEPS_PER_SECOND);
  return {
    statusDelayMs: WATCH_DELAY_MS + READ_DELAY_MS,
    membershipDelayMs,
    definitionDelayMs,
    // A turn that Consul slowed down says how long the next may take.
    worstDelayMs: Math.max(definitionDelayMs, turnMs, roundedUp(lastTurnMs ?? 0)),
  };
}

function sweepMs(services: number, perSecond: number): number {
  return Math.max(LEAST_TURN_MS, Math.ceil((services / perSecond) * 1_000));
}

function roundedUp(ms: number): number {
  return Math.ceil(ms / 100) * 100;
}

function explained(dc: string, services: number, exact: number, cold: number, worstDelayMs: number): string {
  if (cold === 0)
    return `Every one of the ${services} services of ${dc} has a waiting query: changes are seen as they happen.`;
  return (
    `${dc} has ${services} services, more than Lictor may let wait at its address: the hottest ${exact} have one, ` +
    `the other ${cold} are read when a signal of the whole datacenter names them, and all in turn within ${Math.ceil(worstDelayMs / 1_000)} s.`
  );
}

function oddSentence(odd: number): string[] {
  if (odd === 0) return [];
  return [`Services whose name cannot stand in a path (${odd}) are read every ${ODD_READS_EVERY_MS / 1_000} s.`];
}

function turnSentence({ queueMs, watches }: PlanFacts): string[] {
  if (queueMs === 0) return [];
  return [
    `There are not even connections for its ${watches} waiting queries: they take turns, up to ${queueMs / 1_000} s late; raise LICTOR_CONSUL_MAX_CONNECTIONS.`,
  ];
}
