/**
 * By its beginning Lictor knows its own maintenance again, also another replica of it, and later: only what begins so is ever taken off.
 * Consul keeps the reason in the check's notes.
 */
const NO_SHARE = 'Lictor: 0% of the traffic of ';
const NEVER_SEEN_HEALTHY = 'Lictor: never seen healthy, so no share of the traffic of ';

/** Consul has no weight of 0: maintenance takes out what gets nothing. */
export const noShareReason = (service: string, version: string): string => `${NO_SHARE}${service}, ${version}`;

export const unverifiedReason = (service: string, version: string): string =>
  `${NEVER_SEEN_HEALTHY}${service}, ${version}`;

export const isLictorsReason = (reason: string): boolean =>
  reason.startsWith(NO_SHARE) || reason.startsWith(NEVER_SEEN_HEALTHY);
