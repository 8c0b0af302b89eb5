import { decodeCheckpoint } from './checkpoint-codec';
import { FIXED_TEXTS } from './codes';
import { IdSet } from './id-set';
import { newestNames } from './newest-names';
import type { Queryable } from './tables';

/** Rows that a step reads, and that it deletes at most. */
const READ_AT_ONCE = 10_000;
const DELETED_AT_ONCE = 500;

type Phase = 'roots' | 'transitions' | 'subjects' | 'texts' | 'done';

/**
 * Deletes the texts and subjects that nothing names any more, in small steps between batches: marks what transitions, roll-ups, gaps and the oldest
 * checkpoint name (what a later one holds comes from it or from a transition since), then deletes the rest.
 */
export class Sweep {
  readonly #texts = new IdSet();
  readonly #subjects = new IdSet();
  #phase: Phase = 'roots';
  #afterId = 0;
  /** The newest rows stay: their ids must not be given again, since readers remember texts by them. */
  #newestText = 0;
  #newestSubject = 0;

  /** What a batch names while this goes on: it may be what nothing named when that was looked at. */
  mark(texts: Iterable<number>, subjects: Iterable<number>): void {
    for (const id of texts) this.#texts.add(id);
    for (const id of subjects) this.#subjects.add(id);
  }

  /** One small step. @returns whether there are more, and whether this one deleted anything */
  async step(db: Queryable): Promise<{ readonly more: boolean; readonly deleted: boolean }> {
    let deleted = false;
    if (this.#phase === 'roots') await this.#markRoots(db);
    else if (this.#phase === 'transitions') await this.#markTransitions(db);
    else if (this.#phase === 'subjects') deleted = await this.#sweepSubjects(db);
    else if (this.#phase === 'texts') deleted = await this.#sweepTexts(db);
    return { more: this.#phase !== 'done', deleted };
  }

  async #markRoots(db: Queryable): Promise<void> {
    const newest = await newestNames(db);
    this.#newestText = newest.text;
    this.#newestSubject = newest.subject;
    for (const at of FIXED_TEXTS.keys()) this.#texts.add(at + 1);
    for (const { dc_id, service_id } of await db.selectFrom('open_roll_up').select(['dc_id', 'service_id']).execute()) {
      for (const id of [dc_id, service_id]) this.#texts.add(id);
    }
    for (const { dc_id } of await db.selectFrom('gap').select('dc_id').distinct().execute()) this.#texts.add(dc_id);
    const oldest = await db.selectFrom('checkpoint').selectAll().orderBy('last_id').limit(1).executeTakeFirst();
    if (oldest !== undefined) {
      for (const { subject, content, changes } of decodeCheckpoint(oldest.bytes, oldest.at_ms).held.values()) {
        this.#subjects.add(subject.id);
        this.#texts.add(content);
        for (let at = 0; at < changes.length; at += 3) {
          this.#texts.add(changes[at + 1] as number);
          this.#texts.add(changes[at + 2] as number);
        }
      }
    }
    this.#enter('transitions');
  }

  async #markTransitions(db: Queryable): Promise<void> {
    const rows = await db
      .selectFrom('transition')
      .select(['id', 'subject_id', 'item_id', 'from_id', 'to_id'])
      .where('id', '>', this.#afterId)
      .orderBy('id')
      .limit(READ_AT_ONCE)
      .execute();
    for (const { subject_id, item_id, from_id, to_id } of rows) {
      this.#subjects.add(subject_id);
      for (const id of [item_id, from_id, to_id]) this.#texts.add(id);
    }
    this.#afterId = rows.at(-1)?.id ?? this.#afterId;
    if (rows.length < READ_AT_ONCE) this.#enter('subjects');
  }

  async #sweepSubjects(db: Queryable): Promise<boolean> {
    const rows = await db
      .selectFrom('subject')
      .select(['id', 'dc_id', 'service_id', 'node_id'])
      .where('id', '>', this.#afterId)
      .orderBy('id')
      .limit(DELETED_AT_ONCE)
      .execute();
    const gone: number[] = [];
    for (const { id, dc_id, service_id, node_id } of rows) {
      if (id < this.#newestSubject && !this.#subjects.has(id)) gone.push(id);
      else for (const text of [dc_id, service_id, node_id]) this.#texts.add(text);
    }
    if (gone.length > 0) await db.deleteFrom('subject').where('id', 'in', gone).execute();
    this.#afterId = rows.at(-1)?.id ?? this.#afterId;
    if (rows.length < DELETED_AT_ONCE) this.#enter('texts');
    return gone.length > 0;
  }

  async #sweepTexts(db: Queryable): Promise<boolean> {
    const rows = await db
      .selectFrom('text')
      .select('id')
      .where('id', '>', this.#afterId)
      .where('id', '<', this.#newestText)
      .orderBy('id')
      .limit(DELETED_AT_ONCE)
      .execute();
    const gone = rows.map(({ id }) => id).filter((id) => !this.#texts.has(id));
    if (gone.length > 0) await db.deleteFrom('text').where('id', 'in', gone).execute();
    this.#afterId = rows.at(-1)?.id ?? this.#afterId;
    if (rows.length < DELETED_AT_ONCE) this.#enter('done');
    return gone.length > 0;
  }

  #enter(phase: Phase): void {
    this.#phase = phase;
    this.#afterId = 0;
  }
}
