import type { ExpressionBuilder } from 'kysely';
import type { RollUp } from '@/lib/history/roll-up';
import { datacenterSubject, serviceSubject } from '@/lib/history/subjects';
import type { RecordReader, ScopedRollUps } from '@/server/history/record-store';
import { tierCodes, unpackRollUp } from './roll-up-row';
import type { Queryable, RollUpRow, Tables } from './tables';
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

/** For each scope the row before the range and those in it, in order; the open bucket is the newest of all. */
async function rowsBetween(db: Queryable, wanted: Wanted, fromMs: number, toMs: number): Promise<RollUpRow[]> {
  const finished = await db
    .selectFrom('open_roll_up as open')
    // A cross join, since SQLite then takes the tables in this order: it looks up the rows of each scope, and does not walk over all of them.
    .crossJoin('roll_up as row')
    .selectAll('row')
    .where(ofScopes(wanted))
    .whereRef('row.tier', '=', 'open.tier')
    .whereRef('row.dc_id', '=', 'open.dc_id')
    .whereRef('row.service_id', '=', 'open.service_id')
    .where('row.at_ms', '<', toMs)
    .where((row) => row('row.at_ms', '>=', row.fn.coalesce(newestBefore(row, fromMs), row.val(fromMs))))
    .orderBy('row.dc_id')
    .orderBy('row.service_id')
    .orderBy('row.at_ms')
    .execute();
  const open = await db.selectFrom('open_roll_up as open').selectAll().where(ofScopes(wanted)).execute();
  return [...finished, ...open.filter(({ at_ms }) => at_ms < toMs)];
}

type Open = Tables & { open: Tables['open_roll_up'] };

/** When the newest finished bucket of the open one's scope before a moment began. */
function newestBefore(row: ExpressionBuilder<Open, 'open'>, fromMs: number) {
  return row
    .selectFrom('roll_up as before')
    .select(({ fn }) => fn.max('before.at_ms').as('at_ms'))
    .whereRef('before.tier', '=', 'open.tier')
    .whereRef('before.dc_id', '=', 'open.dc_id')
    .whereRef('before.service_id', '=', 'open.service_id')
    .where('before.at_ms', '<', fromMs);
}

/** Every scope that was ever counted has an open bucket. */
const ofScopes =
  ({ tier, dc, service }: Wanted) =>
  (open: ExpressionBuilder<Open, 'open'>) =>
    open.and([
      open('open.tier', '=', tier),
      ...(dc === null ? [] : [open('open.dc_id', '=', dc)]),
      service === null ? open('open.service_id', '>', 0) : open('open.service_id', '=', service),
    ]);
