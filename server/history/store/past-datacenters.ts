import type { PastDatacenter } from '@/lib/history/recorded';
import { heldOf, PresentRecords } from './present-records';
import type { StateFold } from './state-fold';
import type { Queryable } from './tables';
import type { TextTable } from './text-table';

/** @param only the one that is asked for; null: every one that is held */
export async function pastDatacenters(
  db: Queryable,
  texts: TextTable,
  fold: StateFold,
  only: string | null,
): Promise<PastDatacenter[]> {
  const ids = new Set([...fold.held.values()].map(({ subject }) => subject.dc));
  const names = await texts.values(db, ids);
  const records = new PresentRecords(db);
  const past: PastDatacenter[] = [];
  for (const [id, dc] of names) {
    if (dc === '' || (only !== null && dc !== only)) continue;
    const [itself] = heldOf(fold, id, 'datacenter');
    const nodes = heldOf(fold, id, 'node');
    const instances = heldOf(fold, id, 'instance');
    const services = await records.services(heldOf(fold, id, 'service'), instances);
    const keys = await records.keysOf([...nodes, ...instances]);
    past.push({
      ...{ dc, services, nodes: await records.nodes(nodes) },
      freshness: (await texts.values(db, [itself?.content ?? 0])).get(itself?.content ?? 0) ?? null,
      sinceMs: new Map([...nodes, ...instances].map(({ subject, sinceMs }) => [keys.get(subject.id) ?? '', sinceMs])),
    });
  }
  return past;
}
