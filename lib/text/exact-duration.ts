/** A duration as a person set it: below a second in ms, below a minute to the tenth where it has one. The words for longer ones come in. */
export function exactDuration(
  durationMs: number,
  units: { readonly ms: string; readonly second: string },
  longer: (durationMs: number) => string,
): string {
  if (durationMs < 1_000) return `${Math.max(0, Math.round(durationMs))} ${units.ms}`;
  if (durationMs >= 60_000) return longer(durationMs);
  return `${Math.round(durationMs / 100) / 10} ${units.second}`;
}
