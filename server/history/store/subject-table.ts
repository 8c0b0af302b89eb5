import type { Subject } from '@/lib/history/transition';
import { chunked } from './chunked';
import { subjectCodes, subjectKindOf } from './codes';
import { RecentMap } from './recent-map';
import type { Queryable, Tables } from './tables';
import { decodeText, encodeText } from './text-encoding';
import type { TextTable } from './text-table';

const MOST_REMEMBERED = 60_000;

/** What a fold needs of a subject: ids alone. `service` and `node` 0: it has none. */
export interface SubjectIds {
  readonly id: number;
  readonly kind: number;
  readonly dc: number;
  readonly service: number;
  readonly node: number;
}

export const subjectToken = ({ kind, key }: Pick<Subject, 'kind' | 'key'>): string => `${subjectCodes[kind]}${key}`;

/** Subjects by their ids and back. */
export class SubjectTable {
  readonly #byToken = new RecentMap<string, SubjectIds>(MOST_REMEMBERED);

  async find(db: Queryable, subjects: Iterable<Subject>): Promise<Map<string, SubjectIds>> {
    const found = new Map<string, SubjectIds>();
    const unknown = new Map<string, Subject>();
    for (const subject of subjects) {
      const token = subjectToken(subject);
      if (found.has(token)) continue;
      const ids = this.#byToken.get(token);
      if (ids !== undefined) found.set(token, ids);
      else unknown.set(token, subject);
    }
    for (const chunk of chunked([...unknown.values()])) {
      const keys = chunk.map(({ key }) => encodeText(key));
      const rows = await db.selectFrom('subject').selectAll().where('key', 'in', keys).execute();
      for (const row of rows) {
        const token = `${row.kind}${decodeText(row.key)}`;
        if (!unknown.has(token)) continue;
        const ids = idsOf(row);
        found.set(token, ids);
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

export const idsOf = ({ id, kind, dc_id, service_id, node_id }: Tables['subject']): SubjectIds => ({
  ...{ id, kind, dc: dc_id, service: service_id ?? 0, node: node_id ?? 0 },
});

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
