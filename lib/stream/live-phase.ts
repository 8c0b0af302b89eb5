/** What `data-live` says: an event within 3 s, within 5 s, or older. */
export type LivePhase = 'live' | 'reconnecting' | 'stale';

export const LIVE_WITHIN_MS = 3_000;
export const STALE_AFTER_MS = 5_000;

/**
 * The phase of a connection, by the age of its last event in ms (null: none yet) and the time in ms that it has been wanted.
 * Before its first event a connection is reconnecting, and stale when that takes too long.
 */
export function livePhase(lastEventAgeMs: number | null, wantedForMs: number): LivePhase {
  if (lastEventAgeMs !== null && lastEventAgeMs < LIVE_WITHIN_MS) return 'live';
  return (lastEventAgeMs ?? wantedForMs) < STALE_AFTER_MS ? 'reconnecting' : 'stale';
}

/** In how many ms the phase changes by itself; null: it is stale, and only an event changes it. */
export function msToNextPhase(lastEventAgeMs: number | null, wantedForMs: number): number | null {
  const phase = livePhase(lastEventAgeMs, wantedForMs);
  if (phase === 'stale') return null;
  if (phase === 'live' && lastEventAgeMs !== null) return LIVE_WITHIN_MS - lastEventAgeMs;
  return STALE_AFTER_MS - (lastEventAgeMs ?? wantedForMs);
}
