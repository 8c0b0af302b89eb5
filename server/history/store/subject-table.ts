import type { Subject } from '@/lib/history/transition';
import { chunked } from './chunked';
import { subjectKindOf } from './codes';
import { RecentMap } from './recent-map';
import type { Queryable, Tables } from './tables';
import { decodeText, encodeText } from './text-encoding';
import type { TextTable } from './text-table';

const MOST_REMEMBERED = 20_000;

/** What a fold needs of a subject: ids alone. `service` and `node` 0: it has none. */
export interface SubjectIds {
  readonly id: number;
  readonly kind: number;
  readonly dc: number;
  readonly service: number;
  readonly node: number;
}

/** What tells one subject from another: an instance may come back under its key as one of another service. */
export type SubjectName = Pick<SubjectIds, 'kind' | 'service'> & { readonly key: string };

export const subjectToken = ({ kind, service, key }: SubjectName): string => `${kind}/${service}/${key}`;

/** Subjects by their ids and back. */
export class SubjectTable {
  readonly #byToken = new RecentMap<string, SubjectIds>(MOST_REMEMBERED);

  /** By their tokens, those that the record holds. */
  async find(db: Queryable, names: Iterable<SubjectName>): Promise<Map<string, SubjectIds>> {
    const found = new Map<string, SubjectIds>();
    const unknown = new Map<string, string>();
    for (const name of names) {
      const token = subjectToken(name);
      if (found.has(token)) continue;
      const ids = this.#byToken.get(token);
      if (ids !== undefined) found.set(token, ids);
      else unknown.set(token, encodeText(name.key));
    }
    for (const chunk of chunked([...new Set(unknown.values())])) {
      const rows = await db.selectFrom('subject').selectAll().where('key', 'in', chunk).execute();
      for (const row of rows) {
        const ids = idsOf(row);
        const token = subjectToken({ ...ids, key: decodeText(row.key) });
        if (unknown.has(token)) found.set(token, ids);
        this.remember(token, ids);
      }
    }
    return found;
  }

  static async add(db: Queryable, subjects: readonly { key: string; ids: SubjectIds }[]): Promise<void> {
    const rows = subjects.map(({ key, ids: { id, kind, dc, service, node } }) => ({
      ...{ id, kind, key: encodeText(key), dc_id: dc },
      ...{ service_id: service || null, node_id: node || null },
    }));
    for (const chunk of chunked(rows)) await db.insertInto('subject').values(chunk).execute();
  }

  remember(token: string, ids: SubjectIds): void {
    this.#byToken.set(token, ids);
  }

  forget(): void {
    this.#byToken.clear();
  }
}

/** A row as a fold needs it. */
export const idsOf = ({ id, kind, dc_id, service_id, node_id }: Tables['subject']): SubjectIds => {
  return { id, kind, dc: dc_id, service: service_id ?? 0, node: node_id ?? 0 };
};

/** Whole subjects of these ids. */
export async function subjectsOf(
  db: Queryable,
  texts: TextTable,
  ids: Iterable<number>,
): Promise<Map<number, Subject>> {
  const rows: Tables['subject'][] = [];
  for (const chunk of chunked([...new Set(ids)])) {
    rows.push(...(await db.selectFrom('subject').selectAll().where('id', 'in', chunk).execute()));
  }
  const names = await texts.values(
    db,
    rows.flatMap(({ dc_id, service_id, node_id }) => [dc_id, service_id, node_id]),
  );
  return new Map(
    rows.map(({ id, kind, key, dc_id, service_id, node_id }) => [
      id,
      {
        ...{ kind: subjectKindOf(kind), key: decodeText(key), dc: names.get(dc_id) ?? '' },
        service: service_id === null ? null : (names.get(service_id) ?? null),
        node: node_id === null ? null : (names.get(node_id) ?? null),
      },
    ]),
  );
}
