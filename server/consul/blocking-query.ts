import type { ConsulRequest } from './transport';

/** A release of Consul cuts every HTTP answer at 30 s, so no wait comes near to that … */
export const SAFE_WAIT_MS = 25_000;
/** … but where one was seen to stand (`long-waits.ts`); below the 50 and 60 s at which proxies in common use end what is silent, with the sixteenth that Consul adds. */
export const LONG_WAIT_MS = 45_000;

/** For a read that Consul answers at once, the wait for a free connection included. */
const PLAIN_READ_LIMIT_MS = 15_000;

export interface BlockingQuery {
  readonly path: string;
  readonly query: Readonly<Record<string, string>> | undefined;
  /** Consul answers once its index is above this; 0: at once. */
  readonly waitIndex: number;
  readonly waitMs: number;
  /** Granted above the longest that Consul itself takes. */
  readonly graceMs: number;
  readonly signal: AbortSignal;
}

/** Any server answers (`stale`): a read through the leader alone would end with it, and weigh on it. */
export function blockingRequest(query: BlockingQuery): ConsulRequest {
  const { path, waitIndex, waitMs, graceMs, signal } = query;
  if (waitIndex === 0) return { ...plainRequest(query), lane: 'waiting' };
  return {
    path,
    query: { ...query.query, stale: '', index: String(waitIndex), wait: `${waitMs}ms` },
    // Consul adds up to a sixteenth of the wait, so that its clients do not come back all at once.
    timeoutMs: waitMs + waitMs / 16 + graceMs,
    signal,
    lane: 'waiting',
    unchangedIndex: waitIndex,
  };
}

/** The same question, answered at once, whatever its index. */
export function plainRequest(question: Pick<BlockingQuery, 'path' | 'query' | 'waitIndex' | 'signal'>): ConsulRequest {
  const { path, query, waitIndex, signal } = question;
  const request = { path, query: { ...query, stale: '' }, timeoutMs: PLAIN_READ_LIMIT_MS, signal };
  return waitIndex === 0 ? request : { ...request, unchangedIndex: waitIndex };
}
