import type { ObservedShares } from '@/server/release/observed-shares';

/** Where no Prometheus is named. */
export const nothingObserved: ObservedShares = {
  of: () => ({
    state: 'not-observed',
    reason: 'Real traffic is not observed: LICTOR_PROMETHEUS_URL names no Prometheus that counts it.',
  }),
  follow: () => {},
  onReading: () => {},
  start: () => {},
  stop: () => {},
};
