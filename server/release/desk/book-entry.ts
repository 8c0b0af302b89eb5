import type { Instance } from '@/lib/fleet/model';
import type { Mechanism } from '@/lib/release/mechanism';
import type { Drift, SplitRecord } from '@/lib/release/split-body';
import { DueReads } from './due-reads';
import type { SplitReading } from './split-reading';

/** One service in the book. */
export interface BookEntry {
  readonly key: string;
  readonly dc: string;
  readonly name: string;
  /** Of the newest reading of each mechanism, in the order in which they were begun. */
  readonly turns: Map<Mechanism, number>;
  readonly due: DueReads;
  /** Plans that are carried out now by this Lictor: nothing due is read meanwhile. */
  plans: number;
  /** ModifyIndex of the wish with which the mechanism of that wish was last read; null: none was. */
  readWith: number | null;
  reading: SplitReading | null;
  drift: Drift | null;
  /** What of the last write has not arrived where it works, a sentence; null: all has. */
  missing: string | null;
  /** As published; null: not yet. */
  record: SplitRecord | null;
  /** What of its instances a split hangs on, as it was last told. */
  instances: string;
  /** What its instances bear, as it was last told. */
  weights: string;
}

export function bookEntry(key: string, dc: string, name: string, instances: readonly Instance[]): BookEntry {
  return {
    ...{ key, dc, name, turns: new Map(), due: new DueReads(), plans: 0, readWith: null },
    ...{ reading: null, drift: null, missing: null, record: null },
    ...{ instances: standsOn(instances), weights: bears(instances) },
  };
}

/** What the instances of a service bear. */
export function bears(instances: readonly Pick<Instance, 'key' | 'version' | 'weights' | 'status'>[]): string {
  const each = instances.map(({ key, version, weights, status }) => [key, version, weights.passing, status].join(' '));
  return each.sort().join('\n');
}

/** Whether the instances of a service do not all bear the same: somebody divides its traffic by weights. */
export const bearUnlike = (instances: readonly Pick<Instance, 'weights'>[]): boolean =>
  new Set(instances.map(({ weights }) => weights.passing)).size > 1;

/** What of its instances is another than was last told; null: nothing that a split hangs on. */
export function tellInstances(entry: BookEntry, instances: readonly Instance[]): 'all' | 'weights' | null {
  const [before, borne] = [entry.instances, entry.weights];
  entry.instances = standsOn(instances);
  entry.weights = bears(instances);
  if (entry.instances !== before) return 'all';
  return entry.weights === borne ? null : 'weights';
}

/** What else of a service's instances a split hangs on: the output of a check is none of it, nor is a status, on which weights alone hang. */
function standsOn(instances: readonly Instance[]): string {
  return JSON.stringify(
    instances.map(({ key, version, unconfirmed, checks }) => [key, version, unconfirmed, checks.length]),
  );
}
