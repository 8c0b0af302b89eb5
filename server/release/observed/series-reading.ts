import type { InstantQuery } from '@/server/prometheus/instant-query';
import type { Series, SeriesQuestion } from './series';

/** What one series said of a service. */
export interface SeriesReading {
  readonly series: Series;
  /** Requests in the window by the text of the label; those of 0 too. Empty: there is no such series. */
  readonly requests: ReadonlyMap<string, number>;
  /** When its newest sample was taken, ms since 1970 by Prometheus's clock; null: it has none. */
  readonly newestMs: number | null;
  /** How old that was, ms. */
  readonly lagMs: number | null;
}

/** @throws QueryFailed */
export async function readSeries(
  query: InstantQuery,
  series: Series,
  question: SeriesQuestion,
  signal: AbortSignal,
): Promise<SeriesReading> {
  const counted = await query(series.requests(question), signal);
  const requests = new Map<string, number>();
  for (const { labels, value } of counted) {
    const text = series.versionText(labels[series.versionLabel] ?? '');
    if (Number.isFinite(value) && value >= 0) requests.set(text, (requests.get(text) ?? 0) + value);
  }
  return { series, requests, ...(await newestOf(query, series, question, counted[0]?.atSeconds ?? null, signal)) };
}

async function newestOf(
  query: InstantQuery,
  series: Series,
  question: SeriesQuestion,
  evaluatedAtSeconds: number | null,
  signal: AbortSignal,
): Promise<Pick<SeriesReading, 'newestMs' | 'lagMs'>> {
  const newest = series.newest(question);
  // What was counted lies within the window, and no more than that is known.
  if (newest === null) {
    if (evaluatedAtSeconds === null) return { newestMs: null, lagMs: null };
    const lagMs = question.windowSeconds * 1_000;
    return { newestMs: Math.round(evaluatedAtSeconds * 1_000) - lagMs, lagMs };
  }
  const lastSeen = series.lastSeen(question);
  let [sample] = await query(newest, signal);
  // A target that cannot be read any more has no newest sample, and yet it has had one.
  if (sample === undefined && lastSeen !== null) [sample] = await query(lastSeen, signal);
  if (sample === undefined || !Number.isFinite(sample.value)) return { newestMs: null, lagMs: null };
  return {
    newestMs: Math.round(sample.value * 1_000),
    lagMs: Math.max(0, Math.round((sample.atSeconds - sample.value) * 1_000)),
  };
}
