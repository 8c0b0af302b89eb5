import type { PastDatacenter, PastSummary } from '@/lib/history/recorded';
import type { Gap, RecordedTransition } from '@/lib/history/transition';
import type { RecordReader, ScopedRollUps, TransitionQuery } from '@/server/history/record-store';
import type { OpenDatabase } from './open-database';
import { pastDatacenters } from './past-datacenters';
import { pastInstances } from './past-instances';
import { PastSummaries } from './past-summaries';
import { queryGaps } from './query-gaps';
import { queryRollUps } from './query-roll-ups';
import { queryTransitions } from './query-transitions';
import { loadState } from './state-loader';
import type { Queryable } from './tables';
import { TextTable } from './text-table';
import { lastIdAt } from './time-to-ids';

/** Reads the record of one database. */
export class StoreReader implements RecordReader {
  readonly #texts = new TextTable(false);
  readonly #summaries = new PastSummaries(this.#texts);

  constructor(private readonly database: OpenDatabase) {}

  transitions(query: TransitionQuery): Promise<readonly RecordedTransition[]> {
    return this.#snapshot((db) => queryTransitions(db, this.#texts, query));
  }

  rollUps(query: Parameters<RecordReader['rollUps']>[0]): Promise<readonly ScopedRollUps[]> {
    return this.#snapshot((db) => queryRollUps(db, this.#texts, query));
  }

  past(atMs: number, dc: string | null): Promise<readonly PastDatacenter[]> {
    return this.#snapshot(async (db) => {
      const lastId = await lastIdAt(db, atMs);
      if (lastId === null) return [];
      const { fold } = await loadState(db, lastId);
      return pastDatacenters(db, this.#texts, fold, dc);
    });
  }

  pastSummary(atMs: number, dc: string | null): Promise<readonly PastSummary[]> {
    return this.#snapshot((db) => this.#summaries.at(db, atMs, dc));
  }

  pastInstances(
    atMs: number,
    of: Parameters<RecordReader['pastInstances']>[1],
  ): ReturnType<RecordReader['pastInstances']> {
    return this.#snapshot((db) => pastInstances(db, this.#texts, atMs, of));
  }

  gaps(fromMs: number, toMs: number, dc: string | null): Promise<readonly Gap[]> {
    return this.#snapshot((db) => queryGaps(db, this.#texts, fromMs, toMs, dc));
  }

  async facts(): ReturnType<RecordReader['facts']> {
    const facts = await this.database.db
      .selectFrom('span')
      .select(({ fn }) => [fn.min('min_ms').as('oldestMs'), fn.max('max_ms').as('newestMs')])
      .select((row) => row.fn.sum<number | null>(row('last_id', '-', row.ref('first_id'))).as('steps'))
      .select(({ fn }) => fn.countAll<number>().as('spans'))
      .executeTakeFirstOrThrow();
    return {
      ...{ oldestMs: facts.oldestMs, newestMs: facts.newestMs },
      // The ids of a span have no hole.
      transitions: Number(facts.steps ?? 0) + Number(facts.spans),
      bytes: await this.database.bytes(),
    };
  }

  close(): Promise<void> {
    return this.database.close();
  }

  /** All statements of an answer see the same record, whatever is written or deleted meanwhile. */
  #snapshot<T>(act: (db: Queryable) => Promise<T>): Promise<T> {
    // SQLite's transactions are always of this kind.
    return this.database.db.transaction().setIsolationLevel('repeatable read').execute(act);
  }
}
