const FIRST_MS = 250;
const MOST_MS = 5_000;
const MOST_BYE_MS = 60_000;

/**
 * How long to wait in ms before the try after `failures` (1 or more) failed ones: anywhere up to 250 ms, then up to twice as long
 * each time, up to 5 s. The whole span is random (`random` gives 0 to 1), so that a thousand tabs that lost the same server at the
 * same moment do not come back at the same moment.
 */
export function backoffDelayMs(failures: number, random: () => number): number {
  return random() * Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 16));
}

/** How long to wait in ms after a `bye` that asked for `retryMs`: half to one and a half of it, a minute at most. */
export function byeDelayMs(retryMs: number, random: () => number): number {
  return Math.min(MOST_BYE_MS, Math.max(0, retryMs)) * (0.5 + random());
}
