const UNITS_MS = [
  ['y', 31_536_000_000],
  ['w', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const;
const DURATION = new RegExp(`^${UNITS_MS.map(([unit]) => `(?:(\\d{1,9})${unit})?`).join('')}$`);

/** A duration as Prometheus writes it, `30s`, `1h30m` or `0`, the larger unit first, in ms; null where it is none. */
export function parseRuleDuration(text: string): number | null {
  if (text === '0') return 0;
  const parts = text === '' ? null : DURATION.exec(text);
  if (!parts) return null;
  return UNITS_MS.reduce((sum, [, unitMs], at) => sum + Number(parts[at + 1] ?? 0) * unitMs, 0);
}

/** The shortest that says the same. @param ms whole and not negative */
export function ruleDurationText(ms: number): string {
  let restMs = ms;
  let text = '';
  for (const [unit, unitMs] of UNITS_MS) {
    const number = Math.floor(restMs / unitMs);
    restMs -= number * unitMs;
    if (number > 0) text += `${number}${unit}`;
  }
  return text || '0';
}
