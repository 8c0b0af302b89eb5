import { describe, expect, it } from 'vitest';
import type { Freshness } from '@/lib/fleet/model';
import { type FreshnessEvidence, liveFreshness } from './live-freshness';

const SINCE = '2026-01-01T00:00:00.000Z';
const live: Freshness = { state: 'live', since: SINCE, lastContactMs: 300, reason: null };
const lost: Freshness = { state: 'lost', since: SINCE, lastContactMs: 42_000, reason: 'dc1 did not answer.' };
const evidence = (over: Partial<FreshnessEvidence>): FreshnessEvidence => ({
  record: { freshness: live, atMs: 10_000 },
  heartbeat: null,
  silentSinceMs: null,
  startedAtMs: 0,
  nowMs: 10_000,
  ...over,
});

describe('the freshness of a datacenter in a tab', () => {
  it('counts the age of the last proof of life on from the record', () => {
    expect(liveFreshness(evidence({ nowMs: 11_250 }))).toEqual({ ...live, lastContactMs: 1_500 });
  });

  it('counts from the heartbeat where there is one', () => {
    const heartbeat = { state: 'live', lastContactMs: 150, atMs: 20_000 } as const;
    expect(liveFreshness(evidence({ heartbeat, nowMs: 21_000 })).lastContactMs).toBe(1_100);
  });

  it('is never younger than the server said, when the clock estimate moves', () => {
    expect(liveFreshness(evidence({ nowMs: 9_000 })).lastContactMs).toBe(300);
  });

  it('says that there was never a proof of life', () => {
    const never = { ...lost, lastContactMs: null };
    expect(liveFreshness(evidence({ record: { freshness: never, atMs: 0 } })).lastContactMs).toBeNull();
  });

  it('believes a heartbeat that knows of a worse state than the record', () => {
    const heartbeat = { state: 'stale', lastContactMs: 6_000, atMs: 20_000 } as const;
    expect(liveFreshness(evidence({ heartbeat, nowMs: 20_000 }))).toEqual({
      state: 'stale',
      lastContactMs: 6_000,
      reason: "Lictor's server says that this datacenter is stale.",
      since: '1970-01-01T00:00:20.000Z',
    });
  });

  it('is at best stale while nothing is heard of Lictor, with that as the reason', () => {
    const silent = liveFreshness(evidence({ silentSinceMs: 10_000, nowMs: 17_000 }));
    expect(silent).toMatchObject({ state: 'stale', lastContactMs: 7_300, since: '1970-01-01T00:00:10.000Z' });
    expect(silent.reason).toContain('Lictor');
  });

  it('keeps what is worse than stale, and its reason, while nothing is heard of Lictor', () => {
    const record = { freshness: lost, atMs: 10_000 };
    expect(liveFreshness(evidence({ record, silentSinceMs: 10_000 }))).toEqual(lost);
  });

  it('is stale for a datacenter of which nothing is known', () => {
    expect(liveFreshness(evidence({ record: null, startedAtMs: 5_000 }))).toMatchObject({
      state: 'stale',
      lastContactMs: null,
      since: '1970-01-01T00:00:05.000Z',
    });
  });
});
