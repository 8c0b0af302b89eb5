import type { LastRecordedNode, RecordedConfiguration, RecordedService } from '@/lib/history/recorded';
import { type LeftBehind, type RecordBatch, RecordError, type RecordWriter } from '@/server/history/record-store';
import { BatchRows, type NextIds, type PreparedRow } from './batch-rows';
import { encodeCheckpoint } from './checkpoint-codec';
import { chunked } from './chunked';
import { subjectCodes } from './codes';
import { GapBook } from './gap-book';
import { Housekeeping, type HousekeepingStep } from './housekeeping';
import type { OpenDatabase } from './open-database';
import { heldOf, PresentRecords } from './present-records';
import { type Moment, RollUpWriter } from './roll-up-writer';
import { ScopeTallies } from './scope-tallies';
import { SpanWriter } from './span-writer';
import type { StateFold } from './state-fold';
import { loadState } from './state-loader';
import { SubjectTable } from './subject-table';
import type { Queryable } from './tables';
import { encodeText } from './text-encoding';
import { TextTable } from './text-table';
import type { RecordLimits } from './trim';

/** A past moment is folded from the checkpoint before it: no more transitions than these, nor many more hours. */
const CHECKPOINT_TRANSITIONS = 50_000;
const CHECKPOINT_MS = 6 * 3_600_000;

/** What the writer knows of the record, all of it read from there; an attempt that failed makes it read again. */
interface Known {
  readonly fold: StateFold;
  readonly tallies: ScopeTallies;
  readonly next: NextIds;
  /** The newest; `atMs` null: there is none, and the first transition of all is still to come. */
  checkpoint: { lastId: number; atMs: number | null };
}

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
    const { fold } = await this.#state();
    const datacenters = [...fold.held.values()].filter(({ subject }) => subject.kind === subjectCodes.datacenter);
    const texts = await this.#texts.values(
      db,
      datacenters.flatMap(({ subject, content, changes }) => [subject.dc, content, ...changes]),
    );
    const freshness = new Map<string, string>();
    const leaders = new Map<string, string>();
    for (const { subject, content, changes } of datacenters) {
      const dc = texts.get(subject.dc) ?? '';
      if (content !== 0) freshness.set(dc, texts.get(content) ?? '');
      const leader = texts.get(changes[2] ?? 0);
      if (leader !== undefined) leaders.set(dc, leader);
    }
    return { aliveMs, openGaps: await this.#gaps.open(db, this.#texts), freshness, leaders };
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

  async recordedNames(
    dc: string,
  ): Promise<{ readonly services: readonly string[]; readonly nodes: readonly string[] }> {
    const { fold } = await this.#state();
    const dcId = await this.#textId(dc);
    const services = heldOf(fold, dcId, 'service').map(({ subject }) => subject.service);
    const nodes = heldOf(fold, dcId, 'node').map(({ subject }) => subject.node);
    const texts = await this.#texts.values(this.database.db, [...services, ...nodes]);
    const named = (ids: readonly number[]) => ids.map((id) => texts.get(id) ?? '');
    return { services: named(services), nodes: named(nodes) };
  }

  async recordedService(dc: string, name: string): Promise<RecordedService | undefined> {
    const { db } = this.database;
    const { fold } = await this.#state();
    const [dcId, nameId] = [await this.#textId(dc), await this.#textId(name)];
    const service = fold.service(dcId, nameId);
    if (service === undefined) return undefined;
    const subjects = await db
      .selectFrom('subject')
      .select('id')
      .where('service_id', '=', nameId)
      .where('dc_id', '=', dcId)
      .where('kind', '=', subjectCodes.instance)
      .execute();
    const instances = subjects.flatMap(({ id }) => fold.held.get(id) ?? []);
    const [recorded] = await new PresentRecords(db).services([service], instances);
    return recorded;
  }

  async recordedNode(dc: string, name: string): Promise<LastRecordedNode | undefined> {
    const { db } = this.database;
    const { fold } = await this.#state();
    const nameId = await this.#textId(name);
    const subject = await db
      .selectFrom('subject')
      .select('id')
      .where('node_id', '=', nameId)
      .where('dc_id', '=', await this.#textId(dc))
      .where('kind', '=', subjectCodes.node)
      .executeTakeFirst();
    const held = subject && fold.held.get(subject.id);
    if (!held) return undefined;
    const [node] = await new PresentRecords(db).nodes([held]);
    return node && { ...node, lastIndex: held.index === 0 ? null : held.index };
  }

  async recordedConfiguration(dc: string): Promise<readonly RecordedConfiguration[]> {
    const { db } = this.database;
    const { fold } = await this.#state();
    const dcId = await this.#textId(dc);
    const kinds = ['config-entry', 'intention', 'kv'] as const;
    const held = kinds.flatMap((kind) => heldOf(fold, dcId, kind).map((one) => ({ ...one, kind })));
    const keys = await new PresentRecords(db).keysOf(held);
    const texts = await this.#texts.values(
      db,
      held.map(({ content }) => content),
    );
    return held.map(({ kind, subject, content }) => ({
      ...{ kind, key: keys.get(subject.id) ?? '', content: texts.get(content) ?? '' },
    }));
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
      next: { text: (newest.text ?? 0) + 1, subject: (newest.subject ?? 0) + 1, transition: lastId + 1 },
      checkpoint: checkpoint ?? { lastId: 0, atMs: null },
    };
  }

  async #textId(text: string): Promise<number> {
    const ids = await this.#texts.find(this.database.db, [text]);
    // No text has this id, and nothing that is held names it.
    return ids.get(text) ?? -1;
  }
}

/** Folds the rows, and tells how the scopes that they moved stood after each moment. */
function momentsOf({ fold, tallies }: Known, prepared: readonly PreparedRow[]): Moment[] {
  const moments: Moment[] = [];
  const touched = new Map<string, { dc: number; service: number }>();
  const finish = (atMs: number) => {
    for (const { dc, service } of touched.values())
      moments.push({ dc, service, atMs, after: tallies.tally(dc, service) });
    touched.clear();
  };
  let atMs: number | null = null;
  for (const { row, subject } of prepared) {
    if (atMs !== null && row.at_ms !== atMs) finish(atMs);
    atMs = row.at_ms;
    const move = fold.apply(row, subject);
    if (move === null || move.before === move.after) continue;
    tallies.move(move);
    for (const service of [0, move.service]) touched.set(`${move.dc}/${service}`, { dc: move.dc, service });
  }
  if (atMs !== null) finish(atMs);
  return moments;
}
