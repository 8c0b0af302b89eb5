import type { LeaderRecord } from './leader-record';

/** The leader's key as it was seen. */
export interface LockSighting {
  /** The session that holds it; null: none does. */
  readonly session: string | null;
  /** Null: there is no key, or something else stands in it. */
  readonly record: LeaderRecord | null;
}

export type LockVerdict =
  | { readonly kind: 'own' }
  /** By whom; null where the key does not say. */
  | { readonly kind: 'held'; readonly holder: string | null }
  /** It may be taken, so long after it was seen free. */
  | { readonly kind: 'free'; readonly afterMs: number };

/**
 * A lock that was let go of may be taken at once. One that was lost (the session expired or was deleted, the key was deleted) may not: its
 * holder still has to notice, and has `graceMs` for it. Consul's lock delay grants the same, but not where the key itself is deleted.
 * @param heldBefore a holder was seen before
 */
export function judgeLock(
  { session, record }: LockSighting,
  own: string | null,
  heldBefore: boolean,
  graceMs: number,
): LockVerdict {
  if (session !== null) return session === own ? { kind: 'own' } : { kind: 'held', holder: record?.name ?? null };
  return { kind: 'free', afterMs: heldBefore && !record?.released ? graceMs : 0 };
}
