const UNITS_MS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
  ['w', 604_800_000],
]);
const PART = /(\d+(?:\.\d+)?)(ms|[smhdw])/iy;

/** `10m`, `1.5h`, `1h30m`, `2w` in ms; null where it is no duration. */
export function parseDuration(text: string): number | null {
  let sumMs = 0;
  for (let at = 0; at < text.length; at = PART.lastIndex) {
    PART.lastIndex = at;
    const [, number, unit] = PART.exec(text) ?? [];
    const unitMs = unit && UNITS_MS.get(unit.toLowerCase());
    if (!unitMs) return null;
    sumMs += Number(number) * unitMs;
  }
  return text === '' ? null : sumMs;
}
