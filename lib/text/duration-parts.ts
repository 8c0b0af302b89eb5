export type DurationUnit = 'day' | 'hour' | 'minute' | 'second';
export interface DurationPart {
  readonly value: number;
  readonly unit: DurationUnit;
}

const unitsMs: readonly [DurationUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/**
 * The `most` largest units of a duration in ms, cut and not rounded: 7 min 59.9 s is not yet 8 min. A zero behind the first unit is left
 * out; a duration below a second, or below nothing (two clocks), is 0 s.
 */
export function durationParts(durationMs: number, most: number): DurationPart[] {
  let restMs = Math.max(0, durationMs);
  const parts: DurationPart[] = [];
  for (const [unit, unitMs] of unitsMs) {
    const value = Math.floor(restMs / unitMs);
    restMs -= value * unitMs;
    if (parts.length === 0 && value === 0 && unit !== 'second') continue;
    parts.push({ value, unit });
    if (parts.length === most) break;
  }
  return parts.filter((part, index) => index === 0 || part.value > 0);
}
