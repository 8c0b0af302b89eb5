import type { NextIds } from './batch-rows';
import { newestNames } from './newest-names';
import { ScopeTallies } from './scope-tallies';
import type { StateFold } from './state-fold';
import { loadState } from './state-loader';
import type { Queryable } from './tables';

/** What the writer knows of the record, all of it read from there; an attempt that failed makes it read again. */
export interface Known {
  readonly fold: StateFold;
  readonly tallies: ScopeTallies;
  readonly next: NextIds;
  /** The newest; `atMs` null: there is none, and the first transition of all is still to come. */
  checkpoint: { lastId: number; atMs: number | null };
}

/** Reads it. */
export async function loadKnown(db: Queryable): Promise<Known> {
  const names = await newestNames(db);
  const newest = await db
    .selectNoFrom((row) => [
      row
        .selectFrom('transition')
        .select(({ fn }) => fn.max('id').as('id'))
        .as('transition'),
      row
        .selectFrom('span')
        .select(({ fn }) => fn.max('last_id').as('id'))
        .as('span'),
    ])
    .executeTakeFirstOrThrow();
  // What retention deleted keeps its ids: a fold must not meet one twice.
  const lastId = Math.max(newest.transition ?? 0, newest.span ?? 0);
  const { fold, checkpoint } = await loadState(db, lastId);
  return {
    ...{ fold, tallies: ScopeTallies.of(fold) },
    next: { text: names.text + 1, subject: names.subject + 1, transition: lastId + 1 },
    checkpoint: checkpoint ?? { lastId: 0, atMs: null },
  };
}
