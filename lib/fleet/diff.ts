import type { Change } from '@/lib/stream/protocol';
import type { Instance, ServiceRecord, Status } from './model';
import type { ServiceDetail } from './observe-service';

interface Keyed {
  readonly key: string;
  readonly status: Status;
}

/** The change from one record of a key to the next, null where it is the same object. */
export function recordChange<T extends Keyed>(
  previous: T | undefined,
  next: T | undefined,
  merged: boolean,
): Change<T> | null {
  if (previous === next) return null;
  if (next) return { key: next.key, op: 'put', value: next, from: previous?.status ?? null, merged };
  return previous ? { key: previous.key, op: 'remove', value: null, from: previous.status, merged } : null;
}

/** Changes of the topic `service:<key>`: its instances' in the order of their keys, its own record's last. */
export function diffService(
  previous: ServiceDetail | undefined,
  next: ServiceDetail | undefined,
  merged: boolean,
): Change<Instance | ServiceRecord>[] {
  const before = new Map(previous?.instances.map((instance) => [instance.key, instance]));
  const after = new Map(next?.instances.map((instance) => [instance.key, instance]));
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  const changes: (Change<Instance | ServiceRecord> | null)[] = keys.map((key) =>
    recordChange(before.get(key), after.get(key), merged),
  );
  changes.push(recordChange(previous?.service, next?.service, merged));
  return changes.filter((change) => change !== null);
}

/** A change of status, an arrival or a departure; anything else (output, tags, weights) is no transition. */
export function isTransition(change: Change): boolean {
  if (change.op === 'remove' || change.from === null) return true;
  return (change.value as Partial<Keyed> | null)?.status !== change.from;
}
