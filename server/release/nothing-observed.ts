import type { Observation } from '@/lib/release/split-body';
import type { ObservedShares } from './observed-shares';

/** Where there is no Prometheus to ask. */
export class NothingObserved implements ObservedShares {
  of(): Observation {
    const reason = 'LICTOR_PROMETHEUS_URL is not set, so nobody counts where requests really go.';
    return { state: 'not-observed', reason };
  }

  follow(): void {}

  onReading(): void {}

  start(): void {}

  stop(): void {}
}
