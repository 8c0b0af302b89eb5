import type { Mechanism } from './mechanism';
import { shareOf } from './shares/normalize-shares';
import type { Observation, Shares, SplitVerdict } from './split-body';

export interface VerdictQuestion {
  /** Null: nothing divides its traffic. */
  readonly mechanism: Mechanism | null;
  readonly declared: Shares | null;
  /** When Lictor saw what is declared begin, ms since 1970; null: nothing is. */
  readonly declaredSinceMs: number | null;
  /** What of the last write has not arrived where it works, a sentence; null: all has, or it is not known. */
  readonly missing: string | null;
  readonly observation: Observation;
  /** As of the last time this was asked; null: never. */
  readonly previous: SplitVerdict | null;
  readonly nowMs: number;
}

/** A share that differs by no more is as declared, percentage points … */
const TOLERANCE = 2;
/** … or by no more than so many standard errors of what was counted. */
const STANDARD_ERRORS = 3;
/** Clients read, hold and smooth what they obey: after so long, ms, it is said that they do not. With the reading's own lag that is within a minute. */
const PATIENCE_MS = 45_000;

/**
 * How what is declared and what is observed stand to each other. A share p of n requests has a standard error of √(p (1 − p) / n), the normal
 * approximation of the binomial distribution.
 */
export function verdictOf(question: VerdictQuestion): SplitVerdict {
  const { observation, declared, previous, nowMs } = question;
  const verdict = (state: SplitVerdict['state'], reason: string | null, since?: string): SplitVerdict => ({
    state,
    since: since ?? (previous?.state === state ? previous.since : new Date(nowMs).toISOString()),
    reason,
  });
  if (declared === null) return verdict('not-observed', 'Nothing divides its traffic, so there is nothing to compare.');
  if (observation.state === 'not-observed') return verdict('not-observed', observation.reason);
  const requests = Object.values(observation.requests).reduce((sum, count) => sum + count, 0);
  if (requests <= 0) {
    const seconds = Math.round(observation.windowMs / 1_000);
    return verdict('not-observed', `${observation.source} counted no request to it in the last ${seconds} s.`);
  }
  const off = farthest(declared, observation.shares, requests);
  if (off === null) return verdict('settled', null);
  const wasOff = previous?.state === 'moving' || previous?.state === 'not-moving';
  const offSince = wasOff ? previous.since : new Date(nowMs).toISOString();
  const sinceMs = Math.max(Date.parse(offSince), question.declaredSinceMs ?? 0);
  const seen = `${JSON.stringify(off.version)} is declared ${off.declared} % and gets ${off.observed} %`;
  if (nowMs - sinceMs < PATIENCE_MS) return verdict('moving', question.missing ?? `${seen}.`, offSince);
  const since = offSince;
  return verdict('not-moving', `Declared, but nothing moves: ${seen}. ${question.missing ?? likely(question)}`, since);
}

function farthest(declared: Shares, observed: Shares, requests: number) {
  const versions = [...new Set([...Object.keys(declared), ...Object.keys(observed)])];
  const distances = versions.map((version) => {
    const [wanted, seen] = [shareOf(declared, version), shareOf(observed, version)];
    const p = wanted / 100;
    const tolerance = Math.max(TOLERANCE, 100 * STANDARD_ERRORS * Math.sqrt((p * (1 - p)) / requests));
    return {
      version,
      declared: wanted,
      observed: Math.round(seen * 10) / 10,
      excess: Math.abs(wanted - seen) - tolerance,
    };
  });
  // Of two versions one is as far off as the other: the smaller share says more.
  const [worst] = distances.sort((a, b) => b.excess - a.excess || a.declared - b.declared);
  return worst && worst.excess > 0 ? worst : null;
}

function likely({ mechanism }: VerdictQuestion): string {
  if (mechanism === 'mesh') {
    return 'A splitter moves only what goes through mesh proxies: look whether its callers have it as an upstream, and whether the protocol is HTTP on both sides.';
  }
  if (mechanism === 'policy') {
    return 'A policy moves only what goes through a gateway or library that reads it: look whether that runs, and which key it reads.';
  }
  return 'Weights move only clients that honour them: look whether the load balancer reads them from DNS SRV or the catalog, and whether somebody set its own.';
}
