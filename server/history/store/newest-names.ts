import type { Queryable } from './tables';

/** The highest ids of texts and subjects, 0 where there are none: names are never given an id again. */
export async function newestNames(db: Queryable): Promise<{ readonly text: number; readonly subject: number }> {
  const newest = await db
    .selectNoFrom((row) => [
      row
        .selectFrom('text')
        .select(({ fn }) => fn.max('id').as('id'))
        .as('text'),
      row
        .selectFrom('subject')
        .select(({ fn }) => fn.max('id').as('id'))
        .as('subject'),
    ])
    .executeTakeFirstOrThrow();
  return { text: newest.text ?? 0, subject: newest.subject ?? 0 };
}
