import type { Mechanism } from '@/lib/release/mechanism';
import { apportion } from '@/lib/release/shares/apportion';
import { WHOLE } from '@/lib/release/shares/normalize-shares';
import type { Observation } from '@/lib/release/split-body';
import type { SeriesReading } from './series-reading';
import { versionOfLabel } from './version-of-label';

interface ObservationQuestion {
  readonly dc: string;
  readonly service: string;
  readonly versions: readonly string[];
  /** What divides its traffic: what is counted where that works comes first. */
  readonly mechanism: Mechanism | null;
  readonly readings: readonly SeriesReading[];
  readonly windowSeconds: number;
}

/** Older samples say nothing about now. */
const STALE_AFTER_MS = 60_000;
/** Prometheus extrapolates what it counts: these are no whole numbers, and shares are reckoned in whole ones. */
const PARTS_OF_A_REQUEST = 1_000;
const NAMES_SHOWN = 3;

/** What was read, as shares; or why it does not say any, a sentence. */
export function observationOf(question: ObservationQuestion): Observation {
  const { readings, mechanism, service, dc } = question;
  const there = readings.filter(({ newestMs }) => newestMs !== null);
  if (there.length === 0) {
    const asked = readings.map(({ series }) => series.name).join(', ');
    return notObserved(`Prometheus has no requests to ${service} in ${dc} (${asked}).`);
  }
  const ranked = [...there].sort((a, b) => rank(b, mechanism) - rank(a, mechanism));
  const observations = ranked.map((reading) => observationBy(reading, question));
  return observations.find(({ state }) => state === 'observed') ?? observations[0] ?? notObserved('Nothing was read.');
}

const rank = ({ series }: SeriesReading, mechanism: Mechanism | null): number =>
  series.mechanism !== null && series.mechanism === mechanism ? 1 : 0;

function observationBy(
  { series, requests, newestMs, lagMs }: SeriesReading,
  { service, versions, windowSeconds }: ObservationQuestion,
): Observation {
  if (newestMs === null || lagMs === null) return notObserved(`${series.name} has no sample of ${service}.`);
  if (lagMs > STALE_AFTER_MS) {
    return notObserved(
      `The newest sample of ${series.name} is ${secondsOf(lagMs)} s old: Prometheus does not reach it any more.`,
    );
  }
  if (requests.size === 0) {
    return notObserved(
      `Prometheus has less than two samples of ${series.name} in ${windowSeconds} s (the newest is ${secondsOf(lagMs)} s old), which it takes to count: if it reads that seldom, a longer release.observed.windowSeconds takes in more.`,
    );
  }
  const counted = new Map(versions.map((version) => [version, 0]));
  const unknown: string[] = [];
  for (const [label, extrapolated] of requests) {
    const count = Math.round(extrapolated * PARTS_OF_A_REQUEST);
    const version = versionOfLabel(label, versions);
    if (count <= 0) continue;
    if (version === null) unknown.push(label);
    // Requests to what Consul does not know any more are requests all the same.
    const name = version ?? label;
    counted.set(name, (counted.get(name) ?? 0) + count);
  }
  const total = [...counted.values()].reduce((sum, count) => sum + count, 0);
  if (total <= 0) return notObserved(`${series.name} counted no request to ${service} in the last ${windowSeconds} s.`);
  if (versions.every((version) => (counted.get(version) ?? 0) === 0)) {
    return notObserved(
      `${series.name} counts requests to ${service} under names that are no known version (${shown(unknown)}): ${series.convention}.`,
    );
  }
  const names = [...counted.keys()];
  const parts = names.map((name) => counted.get(name) ?? 0);
  const points = apportion(WHOLE, parts);
  return {
    state: 'observed',
    source: series.name,
    obeys: series.mechanism,
    shares: byName(names, (at) => (points[at] ?? 0) / 100),
    requests: byName(names, (at) => Math.round((parts[at] ?? 0) / PARTS_OF_A_REQUEST)),
    ratePerSecond: byName(names, (at) => rounded((parts[at] ?? 0) / PARTS_OF_A_REQUEST / windowSeconds)),
    windowMs: windowSeconds * 1_000,
    at: new Date(newestMs).toISOString(),
    lagMs,
  };
}

const byName = (names: readonly string[], value: (at: number) => number): Record<string, number> =>
  Object.fromEntries(names.map((name, at) => [name, value(at)]));

const secondsOf = (ms: number): number => Math.round(ms / 1_000);

const rounded = (value: number): number => Math.round(value * 100) / 100;

const notObserved = (reason: string): Observation => ({ state: 'not-observed', reason });

function shown(labels: readonly string[]): string {
  const named = labels.slice(0, NAMES_SHOWN).map((label) => JSON.stringify(label));
  const more = labels.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ');
}
