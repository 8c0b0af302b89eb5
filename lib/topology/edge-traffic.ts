import type { EdgeEvidence, SourceTold } from './edge-evidence';
import { seenAtMs } from './edge-facts';
import type { TopologyEdge } from './topology-body';

/** What one source says of an edge. */
export interface SourceOfEdge {
  readonly source: Pick<SourceTold, 'id' | 'isOld' | 'rank'>;
  readonly evidence: readonly EdgeEvidence[];
}

type EdgeTraffic = Pick<TopologyEdge, 'ratePerSecond' | 'errorRatio' | 'p95Ms' | 'observedAt' | 'isObservedOld'>;

/**
 * The figures of an edge. Several sources count the same requests, so they are never added up: one source's are shown, a fresh one's before an old one's,
 * then the one of the lowest rank. What that one does not count (latency, errors) comes from the next. Within a source rates are added, errors are weighted by
 * them, and of latencies the highest is shown, since quantiles cannot be added.
 */
export function edgeTraffic(sources: readonly SourceOfEdge[]): EdgeTraffic {
  const observed = sources
    .map(({ source, evidence }) => ({ source, evidence: evidence.filter(({ kind }) => kind === 'observed') }))
    .filter(({ evidence }) => evidence.length > 0)
    .sort((a, b) => isBefore(a.source, b.source));
  const sums = observed.map(({ evidence }) => sumOf(evidence)).filter((sum) => sum !== null);
  const seen = observed.flatMap(({ evidence }) => evidence.map(seenAtMs)).filter((atMs) => atMs !== null);
  const first = <Field extends keyof TrafficSum>(field: Field) =>
    rounded(sums.find((sum) => sum[field] !== null)?.[field] ?? null);
  return {
    ratePerSecond: first('rate'),
    errorRatio: first('errorRatio'),
    p95Ms: first('p95Ms'),
    observedAt: seen.length === 0 ? null : isoTime(seen.reduce((a, b) => Math.max(a, b))),
    isObservedOld: observed.length > 0 && (observed[0]?.source.isOld ?? false),
  };
}

interface TrafficSum {
  readonly rate: number | null;
  readonly errorRatio: number | null;
  readonly p95Ms: number | null;
}

function sumOf(evidence: readonly EdgeEvidence[]): TrafficSum | null {
  const counted = evidence.flatMap(({ traffic }) => (traffic ? [traffic] : []));
  if (counted.length === 0) return null;
  const rates = counted.map(({ ratePerSecond }) => ratePerSecond).filter(isFigure);
  const withErrors = counted.filter(({ errorRatio, ratePerSecond }) => isFigure(errorRatio) && isFigure(ratePerSecond));
  const weight = total(withErrors.map(({ ratePerSecond }) => ratePerSecond));
  const errors = total(withErrors.map(({ errorRatio, ratePerSecond }) => (errorRatio ?? 0) * ratePerSecond));
  const latencies = counted.map(({ p95Ms }) => p95Ms).filter(isFigure);
  return {
    rate: rates.length === 0 ? null : total(rates),
    errorRatio: weight > 0 ? Math.min(1, errors / weight) : null,
    p95Ms: latencies.length === 0 ? null : latencies.reduce((a, b) => Math.max(a, b)),
  };
}

function isBefore(a: SourceOfEdge['source'], b: SourceOfEdge['source']): number {
  const byAge = Number(a.isOld ?? false) - Number(b.isOld ?? false);
  return byAge || (a.rank ?? 0) - (b.rank ?? 0) || (a.id < b.id ? -1 : 1);
}

const isFigure = (value: number | null): value is number => value !== null && Number.isFinite(value) && value >= 0;

/** Sorted first: the sum of fractions depends on their order. */
const total = (values: readonly number[]): number => values.toSorted((a, b) => a - b).reduce((a, b) => a + b, 0);

/** Three digits: a rate that moves by less is no change that anybody would see. */
const rounded = (value: number | null): number | null => (value === null ? null : Number(value.toPrecision(3)));

/** Of what no calendar has the beginning of ours. */
export function isoTime(ms: number): string {
  return new Date(Number.isFinite(ms) && Math.abs(ms) <= 8.64e15 ? ms : 0).toISOString();
}
