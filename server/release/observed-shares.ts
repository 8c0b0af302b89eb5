import type { Observation } from '@/lib/release/split-body';

/** What is seen of real traffic. Built over Prometheus; without one it observes nothing and says so. */
export interface ObservedShares {
  /** As last read. */
  of(dc: string, service: string, versions: readonly string[]): Observation;
  /** Keys (`<dc>/<name>`) of the services that it reads from now on. */
  follow(keys: readonly string[]): void;
  /** Told after each reading. */
  onReading(listener: () => void): void;
  start(): void;
  stop(): void;
}
