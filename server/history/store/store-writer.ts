import { type LeftBehind, type RecordBatch, RecordError, type RecordWriter } from '@/server/history/record-store';
import { BatchRows, type PreparedRow } from './batch-rows';
import { encodeCheckpoint } from './checkpoint-codec';
import { chunked } from './chunked';
import { GapBook } from './gap-book';
import { Housekeeping, type HousekeepingStep } from './housekeeping';
import { type Known, loadKnown } from './known-record';
import { momentsOf } from './moments';
import type { OpenDatabase } from './open-database';
import { RecordedState } from './recorded-state';
import { RollUpWriter } from './roll-up-writer';
import { SpanWriter } from './span-writer';
import { SubjectTable } from './subject-table';
import type { Queryable } from './tables';
import { encodeText } from './text-encoding';
import { TextTable } from './text-table';
import type { RecordLimits } from './trim';

/** A past moment is folded from the checkpoint before it: no more transitions than these, nor many more hours. */
const CHECKPOINT_TRANSITIONS = 50_000;
const CHECKPOINT_MS = 6 * 3_600_000;

/** Writes the record of one database. Its calls must not overlap. */
export class StoreWriter implements RecordWriter {
  readonly #texts = new TextTable(true);
  readonly #subjects = new SubjectTable();
  readonly #gaps = new GapBook();
  readonly #spans = new SpanWriter();
  readonly #rollUps = new RollUpWriter();
  #term: number | null = null;
  #known: Known | null = null;

  readonly #housekeeping: Housekeeping | null;

  /** @param limits null: everything is kept */
  constructor(
    private readonly database: OpenDatabase,
    limits: RecordLimits | null,
  ) {
    const forget = () => {
      this.#texts.forget();
      this.#subjects.forget();
    };
    this.#housekeeping = limits === null ? null : new Housekeeping(database, limits, forget);
  }

  async takePen(holder: string): Promise<LeftBehind> {
    const { db } = this.database;
    this.#known = null;
    // In one statement: of two that take it at once, each must learn its own number.
    const { term, alive_ms: aliveMs } = await db
      .updateTable('recorder')
      .set((row) => ({ term: row('term', '+', 1), holder: encodeText(holder) }))
      .returning(['term', 'alive_ms'])
      .executeTakeFirstOrThrow();
    this.#term = term;
    const recorded = await this.#recorded();
    return { aliveMs, openGaps: await this.#gaps.open(db, this.#texts), ...(await recorded.datacenters()) };
  }

  async append(batch: RecordBatch): Promise<void> {
    const known = await this.#state();
    try {
      const rows = await this.database.db.transaction().execute((db) => this.#write(db, known, batch));
      rows.remember();
    } catch (error) {
      this.#known = null;
      throw error;
    }
  }

  async recordedNames(dc: string): ReturnType<RecordWriter['recordedNames']> {
    return (await this.#recorded()).names(dc);
  }

  async recordedService(dc: string, name: string): ReturnType<RecordWriter['recordedService']> {
    return (await this.#recorded()).service(dc, name);
  }

  async recordedNode(dc: string, name: string): ReturnType<RecordWriter['recordedNode']> {
    return (await this.#recorded()).node(dc, name);
  }

  async recordedConfiguration(dc: string): ReturnType<RecordWriter['recordedConfiguration']> {
    return (await this.#recorded()).configuration(dc);
  }

  /** Begins a round of housekeeping. @param withSweep whether what nothing names any more is looked for */
  beginHousekeeping(withSweep: boolean): void {
    this.#housekeeping?.begin(withSweep);
  }

  /** One small step of it; without the pen there is none. */
  async keepHouse(nowMs: number): Promise<HousekeepingStep> {
    if (this.#housekeeping === null || this.#term === null) return { more: false, droppedToMs: null };
    return this.#housekeeping.step(
      (act) =>
        this.database.db.transaction().execute(async (db) => {
          await this.#holdPen(db, {});
          return act(db);
        }),
      nowMs,
    );
  }

  close(): Promise<void> {
    return this.database.close();
  }

  async #write(db: Queryable, known: Known, batch: RecordBatch): Promise<BatchRows> {
    await this.#holdPen(db, { alive_ms: batch.aliveMs });
    const rows = new BatchRows(db, this.#texts, this.#subjects, known.next);
    const prepared = await rows.prepare(
      batch.transitions,
      batch.gaps.map(({ dc }) => dc),
    );
    this.#housekeeping?.mark(
      rows.usedTexts,
      prepared.map(({ subject }) => subject.id),
    );
    for (const change of batch.gaps) await this.#gaps.change(db, change, rows.textId(change.dc) ?? 0);
    for (const chunk of chunked(prepared)) {
      await db
        .insertInto('transition')
        .values(chunk.map(({ row }) => row))
        .execute();
    }
    if (prepared.length > 0)
      await this.#spans.write(
        db,
        prepared.map(({ row }) => row),
      );
    await this.#rollUps.write(db, momentsOf(known, prepared), (dc) => this.#gaps.spans(dc));
    await this.#checkpoint(db, known, prepared);
    return rows;
  }

  /** Fails where another has taken the pen since. Whoever takes it waits for this transaction to end. */
  async #holdPen(db: Queryable, change: { alive_ms?: number }): Promise<void> {
    const { numUpdatedRows } = await db
      .updateTable('recorder')
      .set({ term: this.#term ?? -1, ...change })
      .where('term', '=', this.#term ?? -1)
      .executeTakeFirst();
    if (numUpdatedRows === 1n) return;
    throw new RecordError(
      'pen-lost',
      'Another replica writes the history now; this one wrote nothing of its last changes.',
    );
  }

  async #checkpoint(db: Queryable, known: Known, prepared: readonly PreparedRow[]): Promise<void> {
    const newest = prepared.at(-1)?.row;
    if (newest === undefined) return;
    const { lastId, atMs } = known.checkpoint;
    if (atMs === null) {
      known.checkpoint = { lastId, atMs: newest.at_ms };
      return;
    }
    if (newest.id - lastId < CHECKPOINT_TRANSITIONS && Math.abs(newest.at_ms - atMs) < CHECKPOINT_MS) return;
    known.checkpoint = { lastId: newest.id, atMs: newest.at_ms };
    await db
      .insertInto('checkpoint')
      .values({ last_id: newest.id, at_ms: newest.at_ms, bytes: encodeCheckpoint(known.fold, newest.at_ms) })
      .execute();
  }

  async #recorded(): Promise<RecordedState> {
    const { fold } = await this.#state();
    return new RecordedState(this.database.db, this.#texts, fold);
  }

  async #state(): Promise<Known> {
    this.#known ??= await this.#load();
    return this.#known;
  }

  async #load(): Promise<Known> {
    const { db } = this.database;
    this.#texts.forget();
    this.#subjects.forget();
    this.#rollUps.forget();
    await this.#gaps.load(db);
    await this.#spans.load(db);
    return loadKnown(db);
  }
}
