const PART = /(\d+(?:\.\d+)?)(h|ms|m|s|us|µs|μs|ns)/g;
const WHOLE = /^(\d+(\.\d+)?(h|ms|m|s|us|µs|μs|ns))+$/;
const UNIT_MS: Readonly<Record<string, number>> = {
  ...{ h: 3_600_000, m: 60_000, s: 1_000, ms: 1 },
  ...{ us: 0.001, µs: 0.001, μs: 0.001, ns: 0.000_001 },
};

/** Go's text of a duration, `1m3.5s`, `45.2ms` or `0s`, in ms; null where it is none. */
export function goDurationMs(text: string): number | null {
  if (!WHOLE.test(text)) return null;
  let sumMs = 0;
  for (const [, value, unit = ''] of text.matchAll(PART)) sumMs += Number(value) * (UNIT_MS[unit] ?? 0);
  return sumMs;
}
