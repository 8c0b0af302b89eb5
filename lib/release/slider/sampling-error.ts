/** Two-sided 95 % of the normal distribution. */
const Z = 1.96;

/**
 * Half the width of the 95 % interval of a share that was counted, in percentage points: z · √(p (1 − p) / n), the normal approximation of the
 * binomial distribution. Nothing seen of n requests still leaves 3 / n (the rule of three), which is also its least. `null`: nothing was counted.
 */
export function samplingError(percent: number, requests: number): number | null {
  if (requests <= 0) return null;
  const p = Math.min(1, Math.max(0, percent / 100));
  return Math.min(100, 100 * Math.max(Z * Math.sqrt((p * (1 - p)) / requests), Math.min(1, 3 / requests)));
}
