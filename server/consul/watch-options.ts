import type { Clock } from './clock';
import type { ConsulAnswer, ConsulTransport } from './transport';
import type { Turnstile } from './turnstile';

/**
 * - `syncing`: asked, no answer yet;
 * - `live`: the last answer was good, and a wait stands or is about to;
 * - `stale`: there is data, and the last attempt failed or was answered by a server that lost its leader;
 * - `denied`: the token is refused (403, 401);
 * - `down`: no answer for `downAfterMs`, or never one.
 */
export type WatchState = 'syncing' | 'live' | 'stale' | 'denied' | 'down';

export interface WatchChange<Value> {
  readonly value: Value;
  readonly answer: ConsulAnswer;
  /** Consul's index of this answer; null from an endpoint that gives none. */
  readonly index: number | null;
  /** The index of the change before; null with the first one. */
  readonly previousIndex: number | null;
  /** When the answer was there, ms since 1970. */
  readonly atMs: number;
  /** For a time nobody waited at Consul (an error, a pause against churn, an index that went back): more may be hidden here. */
  readonly merged: boolean;
}

export interface WatchOptions<Value> {
  readonly transport: ConsulTransport;
  /** Percent-encoded, `/v1/health/service/web`. */
  readonly path: string;
  /** `dc`, `filter` …; `stale`, `index` and `wait` are the watch's own. */
  readonly query?: Readonly<Record<string, string>>;
  /** Throws a `ConsulError` for what cannot be read; called only for an answer that brings something new. */
  readonly decode: (answer: ConsulAnswer) => Value;
  /** Statuses that `decode` understands; 200 alone where absent. A KV watch adds 404: the key is not there. */
  readonly acceptStatuses?: readonly number[];
  /** What is thrown here is reported by `onError`, and the state is read and given again after a pause. */
  readonly onChange: (change: WatchChange<Value>) => void;
  /** `reason` is a sentence; null when live or syncing. */
  readonly onState?: (state: WatchState, reason: string | null) => void;
  /** Every good answer, also one without news: a proof of life. */
  readonly onContact?: (answer: ConsulAnswer) => void;
  /** Every failed attempt, in full, and how long it had waited for news, ms. */
  readonly onError: (error: Error, stoodMs: number) => void;
  readonly clock: Clock;
  /** 0 (included) to 1, as `Math.random`. */
  readonly random: () => number;
  readonly signal?: AbortSignal;
  /** How long Consul holds a wait, asked for each; 20,000, at most 25,000 where no longer one was seen to stand (a release of Consul cuts answers at 30 s), else 45,000. */
  readonly waitMs?: number | (() => number);
  /** Asked for each read. Not null: it takes no place of those that wait, and reads so often instead, ms. Null where absent. */
  readonly pollMs?: () => number | null;
  /** Granted above what Consul itself may take (`wait` and a sixteenth) before the request fails; 10,000. */
  readonly graceMs?: number;
  /** Without an answer for so long the state is `down`; 15,000. */
  readonly downAfterMs?: number;
  /** An answer whose server lost its leader for longer is `stale`; 10,000. */
  readonly maxLastContactMs?: number;
  /**
   * Shared by many watches: reads that Consul answers at once go through it. A thousand at the same time are no faster than a few, and where Consul
   * is slow all of them run out of time together and are asked again. Their waits go out once nobody reads for the first time any more, for a wait costs Consul
   * as much as a read; or after 3 s.
   */
  readonly firstReads?: Turnstile;
  /** Reads that may follow each other at once; 10. */
  readonly burst?: number;
  /** Past the burst one read each so many ms; 100. */
  readonly refillMs?: number;
}

export interface Watch {
  readonly state: WatchState;
  /** Since when, ms since 1970. */
  readonly sinceMs: number;
  /** A sentence; null when live or syncing. */
  readonly reason: string | null;
  /** The index of the last change that was given; null before the first. */
  readonly index: number | null;
  /** Changes given so far. */
  readonly wakes: number;
  /** Ends a pause at once: the token changed, or a probe got through again. */
  retryNow(): void;
  /**
   * Gives up its wait and reads anew, without an index: what the token may read has changed, and that wakes no wait. Over HTTP/1.1 Consul counts the
   * connection of the wait until that would have ended, so this is for a few watches, not for all.
   */
  readAgain(): void;
  /** Ends the watch at once, its request included; nothing is called after it. */
  stop(): void;
}
