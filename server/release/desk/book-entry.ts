import type { Instance } from '@/lib/fleet/model';
import type { Drift, SplitRecord } from '@/lib/release/split-body';
import type { SplitReading } from './split-reading';

/** One service in the book. */
export interface BookEntry {
  readonly key: string;
  readonly dc: string;
  readonly name: string;
  /** Of the newest reading that was begun. */
  turn: number;
  reading: SplitReading | null;
  drift: Drift | null;
  /** What of the last write has not arrived where it works, a sentence; null: all has. */
  missing: string | null;
  /** As published; null: not yet. */
  record: SplitRecord | null;
  /** What of its instances a split hangs on, as of the newest reading. */
  instances: string;
}

export function bookEntry(key: string, dc: string, name: string): BookEntry {
  return { key, dc, name, turn: 0, reading: null, drift: null, missing: null, record: null, instances: '' };
}

/** What of a service's instances a split hangs on: the output of a check is none of it. */
export function standsOn(instances: readonly Instance[]): string {
  return JSON.stringify(
    instances.map(({ key, version, weights, status, unconfirmed, checks }) => [
      ...[key, version, weights.passing, status, unconfirmed, checks.length],
    ]),
  );
}
