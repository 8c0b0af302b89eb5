import { foldText } from '@/lib/filter/fold-text';
import { type InstanceRow, instanceTexts } from '@/lib/filter/instance-fields';
import type { FoundInstance, FoundInstancesBody } from './found-instances-body';
import { compareNames, severity } from './rank';

/**
 * The worst `limit` instances among those that match, then by name, and how many match in all. Rows are looked at once and not kept: of 50,000 no
 * list is made or sorted.
 */
export function findInstances(
  rows: Iterable<InstanceRow>,
  matches: (row: InstanceRow) => boolean,
  limit: number,
): { readonly total: number; readonly instances: FoundInstance[] } {
  const kept: InstanceRow[] = [];
  let total = 0;
  for (const row of rows) {
    if (!matches(row)) continue;
    total += 1;
    const last = kept[limit - 1];
    if (last && compareWorstInstanceFirst(row, last) >= 0) continue;
    const place = kept.findIndex((one) => compareWorstInstanceFirst(row, one) < 0);
    kept.splice(place < 0 ? kept.length : place, 0, row);
    kept.length = Math.min(kept.length, limit);
  }
  return { total, instances: kept.map(foundInstance) };
}

function compareWorstInstanceFirst(a: InstanceRow, b: InstanceRow): number {
  return (
    severity(a.instance.status) - severity(b.instance.status) ||
    compareNames(a.service, b.service) ||
    compareNames(a.instance.id, b.instance.id) ||
    compareNames(a.dc, b.dc) ||
    compareNames(a.instance.node, b.instance.node)
  );
}

function foundInstance({ dc, service, freshness, instance }: InstanceRow): FoundInstance {
  const { key, id, node, address, port, version, tags, status, since, sinceAtLeast, unconfirmed } = instance;
  return {
    key,
    id,
    node,
    address,
    port,
    version,
    tags,
    status,
    since,
    sinceAtLeast,
    unconfirmed,
    dc,
    service,
    freshness,
  };
}

/** Whether each of the words, folded, is somewhere in the instance's texts: as a filter of these words has it. */
export function hasWords({ dc, service, ...instance }: FoundInstance, words: readonly string[]): boolean {
  const texts = instanceTexts({ dc, service, instance }).map(foldText);
  return words.every((word) => texts.some((text) => text.includes(word)));
}

/** Whether a JSON value has the frame of `/api/v1/instances`. A page looks at no more, as with topics. */
export function isFoundInstances(value: unknown): value is FoundInstancesBody {
  const { instances } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return Array.isArray(instances) && instances.every((one) => typeof one?.key === 'string' && Array.isArray(one.tags));
}
