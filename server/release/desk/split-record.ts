import type { Instance } from '@/lib/fleet/model';
import { sameShares } from '@/lib/release/drift/differences';
import type { Mechanism } from '@/lib/release/mechanism';
import type { Drift, Observation, SplitRecord, SplitVersion, VersionStage } from '@/lib/release/split-body';
import { verdictOf } from '@/lib/release/verdict';
import { isInTraffic, isVerified } from '@/lib/release/verified';
import type { Standing } from '@/server/release/actuator';
import { etagOf } from './split-etag';
import { type SplitReading, standingOf } from './split-reading';
import type { KeptWish } from './wish-shelf';

/** Everything that a split's record is made of. */
export interface SplitSources {
  readonly key: string;
  readonly dc: string;
  readonly name: string;
  readonly instances: readonly Instance[];
  /** Null: Consul has not been read yet. */
  readonly reading: SplitReading | null;
  readonly wish: KeptWish | undefined;
  readonly drift: Drift | null;
  observe(versions: readonly string[], mechanism: Mechanism | null): Observation;
  /** What of the last write has not arrived, a sentence; null: nothing is missing. */
  readonly missing: string | null;
  readonly unfinished: string | null;
  readonly writeRefusal: string | null;
  /** As it was made last; null: never. */
  readonly previous: SplitRecord | null;
  readonly nowMs: number;
}

export function splitRecord(sources: SplitSources): SplitRecord {
  const { key, dc, name, instances, reading, previous } = sources;
  const wish = sources.wish?.record ?? null;
  const mechanism = wish?.mechanism ?? declaring(reading?.standings ?? []);
  const standing = standingOf(reading, mechanism);
  const declared = standing?.declared ?? null;
  const versions = versionsOf(instances, declared, wish?.stages ?? {});
  const observation = sources.observe(
    versions.map(({ version }) => version),
    mechanism,
  );
  const declaredSince = since(sources, declared);
  return {
    ...{ key, dc, name, mechanism, declared, versions, observation, declaredSince },
    wish: wish?.shares ?? null,
    observed: observation.state === 'observed' ? observation.shares : null,
    index: standing?.index ?? null,
    mechanisms: (reading?.standings ?? []).map(publicState),
    routes: [...(standing?.routes ?? [])],
    failover: [...(standing?.failover ?? [])],
    wished: wish && { by: wish.by, at: wish.at, mechanism: wish.mechanism },
    verdict: verdictOf({
      ...{ mechanism, declared, observation, missing: sources.missing, previous: previous?.verdict ?? null },
      declaredSinceMs: declaredSince === null ? null : Date.parse(declaredSince),
      nowMs: sources.nowMs,
    }),
    drift: sources.drift,
    unfinished: sources.unfinished,
    writeRefusal: sources.writeRefusal,
    etag: etagOf(reading, sources.wish),
  };
}

/** The mechanism that divides traffic where nobody wished anything through Lictor. */
function declaring(standings: readonly Standing[]): Mechanism | null {
  return standings.find(({ declared, source }) => declared !== null && source !== null)?.mechanism ?? null;
}

function versionsOf(
  instances: readonly Instance[],
  declared: SplitRecord['declared'],
  stages: Readonly<Record<string, VersionStage>>,
): SplitVersion[] {
  const names = new Set([...instances.map(({ version }) => version), ...Object.keys(declared ?? {})]);
  return [...names].sort().map((version) => {
    const own = instances.filter((instance) => instance.version === version);
    return {
      version,
      instances: own.length,
      inTraffic: own.filter(isInTraffic).length,
      unverified: own.filter((instance) => !isVerified(instance)).length,
      stage: (Object.hasOwn(stages, version) ? stages[version] : undefined) ?? 'active',
    };
  });
}

function since({ previous, wish, nowMs }: SplitSources, declared: SplitRecord['declared']): string | null {
  if (declared === null) return null;
  if (previous?.declaredSince && sameShares(previous.declared, declared)) return previous.declaredSince;
  const isFirst = previous === null || previous.mechanisms.length === 0;
  const isAsWished = sameShares(wish?.record?.declares ?? null, declared);
  return isFirst && wish?.record && isAsWished ? wish.record.at : new Date(nowMs).toISOString();
}

function publicState({ mechanism, can, reason, declared, source, index }: Standing): SplitRecord['mechanisms'][number] {
  return { mechanism, can, reason, declared, source, index };
}
