import type { Freshness, FreshnessState } from '@/lib/fleet/model';
import { STALE_AFTER_MS } from './live-phase';

/** How a datacenter is now, as far as this tab can know. */
export interface LiveFreshness {
  readonly state: FreshnessState;
  /** Age in ms of the last proof of life, in steps of 100 ms; null: never. */
  readonly lastContactMs: number | null;
  /** A sentence for a person; null when live. */
  readonly reason: string | null;
  /** When this state began, ISO 8601. */
  readonly since: string;
}

/** What is known of one datacenter's freshness, each piece with the server's time in ms at which it was true. */
export interface FreshnessEvidence {
  /** As the fleet has it, and as of when. */
  readonly record: { readonly freshness: Freshness; readonly atMs: number } | null;
  /** The last heartbeat's word, which is no older than the record's. */
  readonly heartbeat: {
    readonly state: FreshnessState;
    readonly lastContactMs: number | null;
    readonly atMs: number;
  } | null;
  /** Since when this tab has heard nothing of Lictor, in ms; null while its connection is not stale. */
  readonly silentSinceMs: number | null;
  /** When this tab began to look. */
  readonly startedAtMs: number;
  readonly nowMs: number;
}

/** Without a connection to Lictor a datacenter is at best stale; its age goes on counting between heartbeats. */
export function liveFreshness(evidence: FreshnessEvidence): LiveFreshness {
  const { record, heartbeat, silentSinceMs, nowMs } = evidence;
  const known = fromServer(evidence);
  const lastContactMs = age(heartbeat ?? (record && { ...record.freshness, atMs: record.atMs }), nowMs);
  if (silentSinceMs === null || known.state === 'lost' || known.state === 'denied') return { ...known, lastContactMs };
  const reason = `Nothing was heard of Lictor for more than ${STALE_AFTER_MS / 1_000} s, so what is shown may be old; the connection is tried again.`;
  return { state: 'stale', lastContactMs, reason, since: new Date(silentSinceMs).toISOString() };
}

type Known = Pick<LiveFreshness, 'state' | 'reason' | 'since'>;

function fromServer({ record, heartbeat, startedAtMs }: FreshnessEvidence): Known {
  if (heartbeat && heartbeat.state !== record?.freshness.state) {
    const reason =
      heartbeat.state === 'live' ? null : `Lictor's server says that this datacenter is ${heartbeat.state}.`;
    return { state: heartbeat.state, reason, since: new Date(heartbeat.atMs).toISOString() };
  }
  if (record) {
    const { state, reason, since } = record.freshness;
    return { state, reason, since };
  }
  const reason = 'Nothing is known of this datacenter yet.';
  return { state: 'stale', reason, since: new Date(startedAtMs).toISOString() };
}

function age(from: { lastContactMs: number | null; atMs: number } | null, nowMs: number): number | null {
  if (from === null || from.lastContactMs === null) return null;
  return Math.floor((from.lastContactMs + Math.max(0, nowMs - from.atMs)) / 100) * 100;
}
