import type { Mechanism } from '@/lib/release/mechanism';
import type { Observation } from '@/lib/release/split-body';

/** What is seen of real traffic. Built over Prometheus; without one it observes nothing and says so. */
export interface ObservedShares {
  /**
   * As last read.
   * @param mechanism what divides its traffic: where several things count it, the one that obeys this mechanism is asked first
   */
  of(dc: string, service: string, versions: readonly string[], mechanism?: Mechanism | null): Observation;
  /** Keys (`<dc>/<name>`) of the services that it reads from now on. */
  follow(keys: readonly string[]): void;
  /** Told after each reading. */
  onReading(listener: () => void): void;
  start(): void;
  stop(): void;
}
