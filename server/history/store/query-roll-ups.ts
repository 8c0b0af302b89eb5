import type { RollUp } from '@/lib/history/roll-up';
import { datacenterSubject, serviceSubject } from '@/lib/history/subjects';
import type { RecordReader, ScopedRollUps } from '@/server/history/record-store';
import { tierCodes, unpackRollUp } from './roll-up-row';
import type { Queryable, RollUpRow } from './tables';
import type { TextTable } from './text-table';

/** Roll-ups of a span of time, each scope with its rows in order. */
export async function queryRollUps(
  db: Queryable,
  texts: TextTable,
  query: Parameters<RecordReader['rollUps']>[0],
): Promise<ScopedRollUps[]> {
  const names = [query.dc, query.service].filter((name) => name !== null);
  const ids = await texts.find(db, names);
  if (ids.size < new Set(names).size) return [];
  const wanted = {
    ...{ tier: tierCodes[query.tier], dc: query.dc === null ? null : (ids.get(query.dc) as number) },
    service: query.kind === 'datacenter' ? 0 : query.service === null ? null : (ids.get(query.service) as number),
  };
  const scopes = new Map<string, Scope>();
  for (const row of await rowsBetween(db, wanted, query.fromMs, query.toMs)) {
    const key = `${row.dc_id}/${row.service_id}`;
    const scope = scopes.get(key) ?? { dc: row.dc_id, service: row.service_id, before: null, rows: [] };
    const rollUp = unpackRollUp(row.at_ms, row.counts);
    if (row.at_ms < query.fromMs) scope.before = rollUp;
    else scope.rows.push(rollUp);
    scopes.set(key, scope);
  }
  const values = await texts.values(
    db,
    [...scopes.values()].flatMap(({ dc, service }) => [dc, service]),
  );
  return [...scopes.values()].map(({ dc, service, before, rows }) => {
    const name = values.get(dc) ?? '';
    const scope = service === 0 ? datacenterSubject(name) : serviceSubject(name, values.get(service) ?? '');
    return { scope, before, rows };
  });
}

interface Scope {
  readonly dc: number;
  readonly service: number;
  before: RollUp | null;
  readonly rows: RollUp[];
}

interface Wanted {
  readonly tier: number;
  readonly dc: number | null;
  /** 0: datacenters as a whole; null: every service. */
  readonly service: number | null;
}

/** For each scope the row before the range and those in it, in order; the open bucket is the last one. */
async function rowsBetween(db: Queryable, wanted: Wanted, fromMs: number, toMs: number): Promise<RollUpRow[]> {
  const open = await openRows(db, wanted);
  const rows: RollUpRow[] = [];
  for (const one of open) {
    const scope = db
      .selectFrom('roll_up')
      .selectAll()
      .where('tier', '=', one.tier)
      .where('dc_id', '=', one.dc_id)
      .where('service_id', '=', one.service_id);
    const before =
      one.at_ms < fromMs
        ? one
        : await scope.where('at_ms', '<', fromMs).orderBy('at_ms', 'desc').limit(1).executeTakeFirst();
    if (before !== undefined) rows.push(before);
    if (one.at_ms < fromMs) continue;
    rows.push(...(await scope.where('at_ms', '>=', fromMs).where('at_ms', '<', toMs).orderBy('at_ms').execute()));
    if (one.at_ms < toMs) rows.push(one);
  }
  return rows;
}

/** Every scope that was ever counted has one. */
function openRows(db: Queryable, { tier, dc, service }: Wanted): Promise<RollUpRow[]> {
  let select = db.selectFrom('open_roll_up').selectAll().where('tier', '=', tier);
  if (dc !== null) select = select.where('dc_id', '=', dc);
  select = service === null ? select.where('service_id', '>', 0) : select.where('service_id', '=', service);
  return select.execute();
}
