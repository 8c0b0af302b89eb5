import type { Freshness, FreshnessState } from './model';

/** From what can be believed to what cannot be seen at all. */
export const FROM_FRESH: readonly FreshnessState[] = ['live', 'stale', 'lost', 'denied'];

/** Without a proof of life for longer a datacenter is stale, ms. */
const STALE_AFTER_MS = 5_000;
/** Without a proof of life for longer it is lost, ms. */
export const LOST_AFTER_MS = 15_000;

/** What was really seen of a datacenter. Times are ms of one clock that is never set. */
export interface Contact {
  /** When Lictor began to look. */
  readonly watchedSinceMs: number;
  /** The last answer of any kind that this datacenter gave; null: none yet. */
  readonly lastContactAtMs: number | null;
  /** Consul's leader there as the last answer named it; null: it has none. */
  readonly leader: string | null;
  /** Why the token is refused; null: it is not. */
  readonly denied: string | null;
  /** Why the last attempt failed; null: it did not. */
  readonly failure: string | null;
}

/**
 * A datacenter's freshness at `nowMs`, which the machine's own clock calls `nowIso`. Refused stands before lost, lost before stale: each is
 * told by what a person would have to mend first. Without a leader it is stale, not lost: stale reads still answer. `previous` lends the time
 * since when.
 */
export function judgeFreshness(contact: Contact, nowMs: number, nowIso: string, previous: Freshness | null): Freshness {
  const silentMs = nowMs - (contact.lastContactAtMs ?? contact.watchedSinceMs);
  const { state, reason } = verdict(contact, silentMs);
  return {
    state,
    since: previous?.state === state ? previous.since : nowIso,
    lastContactMs: contact.lastContactAtMs === null ? null : silentMs,
    reason,
  };
}

function verdict(contact: Contact, silentMs: number): { state: FreshnessState; reason: string | null } {
  if (contact.denied !== null) return { state: 'denied', reason: contact.denied };
  const failure = contact.failure ?? 'No answer so far.';
  if (silentMs > LOST_AFTER_MS) return { state: 'lost', reason: failure };
  if (silentMs > STALE_AFTER_MS) return { state: 'stale', reason: failure };
  if (contact.lastContactAtMs === null)
    return { state: 'stale', reason: contact.failure ?? 'Its first answer is awaited.' };
  if (contact.leader === null)
    return { state: 'stale', reason: 'Consul has no leader there: what is shown may be behind.' };
  return { state: 'live', reason: null };
}
