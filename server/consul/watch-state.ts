import { backoffMs } from './backoff';
import type { WatchState } from './watch-options';

/** Where a watch stands: what its loop decides by, and all that it remembers. */
export interface Progress {
  readonly state: WatchState;
  readonly sinceMs: number;
  readonly reason: string | null;
  /** The index that the next request waits for; 0: it is answered at once. */
  readonly waitIndex: number;
  /** The index of the last change that was given. */
  readonly index: number | null;
  readonly given: number;
  /** Since the last answer there was a time in which nobody waited at Consul. */
  readonly gap: boolean;
  /** In a row. */
  readonly failures: number;
  readonly lastAnswerAtMs: number | null;
  /** Ms before the next request; without the limit of rate, which is the bucket's. */
  readonly pauseMs: number;
}

/**
 * What an answer means beside the index that was waited for: `fresh` nothing was waited for; `backwards` the server lost its state or
 * lags behind the one before; `unindexed` the endpoint gives no usable index (0 or none).
 */
export type Verdict = 'fresh' | 'changed' | 'unchanged' | 'backwards' | 'unindexed';

export interface AnswerFacts {
  readonly askedAtMs: number;
  readonly atMs: number;
  readonly index: number | null;
  readonly lastContactMs: number | null;
}

/** Without an index, or from a server that does not hold its waits, a watch is a poll: this slow, or it were a hot loop. */
const POLL_MS = 1_000;
/** An answer sooner than this did not wait. */
const HELD_AT_LEAST_MS = 500;
/** A refused token is tried again this slowly, a tenth more or less. */
const DENIED_PAUSE_MS = 15_000;

export function initialProgress(nowMs: number): Progress {
  return {
    state: 'syncing',
    sinceMs: nowMs,
    reason: null,
    waitIndex: 0,
    index: null,
    given: 0,
    gap: false,
    failures: 0,
    lastAnswerAtMs: null,
    pauseMs: 0,
  };
}

/** An index that is not above 0 is a fault of Consul or of a proxy; waiting for it would return at once for ever. */
export function verdictOf(waitIndex: number, index: number | null): Verdict {
  if (index === null || index <= 0) return 'unindexed';
  if (waitIndex === 0) return 'fresh';
  if (index === waitIndex) return 'unchanged';
  return index > waitIndex ? 'changed' : 'backwards';
}

/** A `backwards` answer may be older than what was given before: it is read again from 0 instead. */
export function bringsNews(verdict: Verdict): boolean {
  return verdict === 'fresh' || verdict === 'changed' || verdict === 'unindexed';
}

/** Whether the news may hide more than one change; the first is none. */
export function isMerged(progress: Progress, verdict: Verdict): boolean {
  return progress.given > 0 && (progress.gap || verdict === 'unindexed');
}

/** After a good answer whose news, if it had any, were given. */
export function afterAnswer(progress: Progress, facts: AnswerFacts, maxLastContactMs: number): Progress {
  const verdict = verdictOf(progress.waitIndex, facts.index);
  const news = bringsNews(verdict);
  const lagging = facts.lastContactMs !== null && facts.lastContactMs > maxLastContactMs;
  const reason = lagging
    ? `The Consul server that answers last heard its leader ${facts.lastContactMs} ms ago: what it says may be old; check its servers.`
    : null;
  const spinning = verdict === 'unchanged' && facts.atMs - facts.askedAtMs < HELD_AT_LEAST_MS;
  return {
    ...inState(progress, lagging ? 'stale' : 'live', reason, facts.atMs),
    waitIndex: verdict === 'backwards' || verdict === 'unindexed' ? 0 : (facts.index ?? 0),
    index: news ? facts.index : progress.index,
    given: progress.given + (news ? 1 : 0),
    gap: verdict === 'backwards',
    failures: 0,
    lastAnswerAtMs: facts.atMs,
    pauseMs: verdict === 'unindexed' || spinning ? POLL_MS : 0,
  };
}

export interface FailureFacts {
  readonly atMs: number;
  readonly denied: boolean;
  readonly reason: string;
}

/** After a failed attempt. The next one reads from 0: the server may be another one, or have lost its state. */
export function afterFailure(progress: Progress, facts: FailureFacts, downAfterMs: number, random: number): Progress {
  const failures = progress.failures + 1;
  const lost = progress.lastAnswerAtMs === null || facts.atMs - progress.lastAnswerAtMs >= downAfterMs;
  return {
    ...inState(progress, facts.denied ? 'denied' : lost ? 'down' : 'stale', facts.reason, facts.atMs),
    waitIndex: 0,
    gap: true,
    failures,
    pauseMs: facts.denied ? DENIED_PAUSE_MS * (0.9 + 0.2 * random) : backoffMs(failures, random),
  };
}

/** Stale for too long, without waiting for the next failure. */
export function afterSilence(progress: Progress, nowMs: number): Progress {
  return inState(progress, 'down', progress.reason, nowMs);
}

function inState(progress: Progress, state: WatchState, reason: string | null, nowMs: number): Progress {
  return { ...progress, state, reason, sinceMs: state === progress.state ? progress.sinceMs : nowMs };
}
