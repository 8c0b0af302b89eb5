import type { Gap } from '@/lib/history/transition';
import type { Queryable } from './tables';
import { decodeText } from './text-encoding';
import type { TextTable } from './text-table';

/** Gaps that reach into a span of time, by their beginning. */
export async function queryGaps(
  db: Queryable,
  texts: TextTable,
  fromMs: number,
  toMs: number,
  dc: string | null,
): Promise<Gap[]> {
  let select = db
    .selectFrom('gap')
    .selectAll()
    .where('from_ms', '<', toMs)
    .where((row) => row.or([row('to_ms', 'is', null), row('to_ms', '>', fromMs)]))
    .orderBy('from_ms')
    .orderBy('id');
  if (dc !== null) select = select.where('dc_id', '=', (await texts.find(db, [dc])).get(dc) ?? -1);
  const rows = await select.execute();
  const names = await texts.values(
    db,
    rows.map(({ dc_id }) => dc_id),
  );
  return rows.map(({ dc_id, from_ms, to_ms, reason }) => ({
    ...{ dc: names.get(dc_id) ?? '', fromMs: from_ms, toMs: to_ms, reason: decodeText(reason) },
  }));
}
