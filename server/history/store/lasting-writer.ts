import { setImmediate as turn } from 'node:timers/promises';
import type { LastRecordedNode, RecordedConfiguration, RecordedService } from '@/lib/history/recorded';
import type { RecordPlace } from '@/server/config/history-settings';
import { systemClock } from '@/server/consul/clock';
import type { LeftBehind, RecordBatch, RecordError, RecordWriter } from '@/server/history/record-store';
import { LastingDocuments } from './lasting-documents';
import { moveAside } from './move-aside';
import { recordErrorOf } from './record-error-of';
import { sqliteFile } from './sqlite-database';
import { StoreWriter } from './store-writer';
import type { RecordLimits } from './trim';
import { openForWriting, type WritableRecord } from './writable-record';

/** Rounds of housekeeping; in one of so many, once a day, what nothing names any more is looked for too. */
const ROUND_EVERY_MS = 60_000;
const ROUNDS_TO_SWEEP = 1_440;
const ROUNDS_TO_FIRST_SWEEP = 15;

interface Opened {
  readonly record: WritableRecord;
  readonly writer: StoreWriter;
}

/**
 * A writer that outlives its database: it opens it when it is needed, again after it failed, and begins a new one where a file is damaged. Calls follow
 * each other. Each rejects with a `RecordError` and no other.
 */
export class LastingWriter implements RecordWriter {
  #open: Opened | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;
  /** Beside the record, in the same place. */
  readonly documents: LastingDocuments;

  readonly #rounds: NodeJS.Timeout | null;
  #isKeepingHouse = false;
  /** The first one is soon: a process may never live for a day. */
  #roundsSinceSweep = ROUNDS_TO_SWEEP - ROUNDS_TO_FIRST_SWEEP;

  /**
   * @param notice is told what a person should know
   * @param limits null: everything is kept
   */
  constructor(
    private readonly place: RecordPlace,
    private readonly notice: (sentence: string) => void,
    private readonly limits: RecordLimits | null = null,
  ) {
    this.documents = new LastingDocuments(place, (act) => this.#use((_, { database }) => act(database)));
    this.#rounds = limits === null ? null : setInterval(() => void this.#round(), ROUND_EVERY_MS).unref();
  }

  /** Opens the database now, so that what keeps it from it is known. */
  open(): Promise<void> {
    return this.#use(async () => {});
  }

  takePen(holder: string): Promise<LeftBehind> {
    return this.#use((writer) => writer.takePen(holder));
  }

  append(batch: RecordBatch): Promise<void> {
    return this.#use((writer) => writer.append(batch));
  }

  recordedNames(dc: string): ReturnType<RecordWriter['recordedNames']> {
    return this.#use((writer) => writer.recordedNames(dc));
  }

  recordedService(dc: string, name: string): Promise<RecordedService | undefined> {
    return this.#use((writer) => writer.recordedService(dc, name));
  }

  recordedNode(dc: string, name: string): Promise<LastRecordedNode | undefined> {
    return this.#use((writer) => writer.recordedNode(dc, name));
  }

  recordedConfiguration(dc: string): Promise<readonly RecordedConfiguration[]> {
    return this.#use((writer) => writer.recordedConfiguration(dc));
  }

  /** Looks at the whole file, which a reader found damaged, and moves it aside where it is. */
  async examine(): Promise<void> {
    await this.#use((_, record) => record.examine()).catch(() => {});
  }

  /** A round of housekeeping: what is older than its time goes, or too much. @param withSweep and what nothing names any more */
  async keepHouse(withSweep: boolean): Promise<void> {
    await this.#use(async (writer) => writer.beginHousekeeping(withSweep));
    let droppedToMs: number | null = null;
    for (let more = true; more && !this.#closed; ) {
      // What is to be written has its turn between two steps. SQLite answers without one: without this, nothing else would come in until all was done.
      await turn();
      // By the clock that nobody sets: one that is set ahead by a year must not cost the record a year.
      const step = await this.#use((writer) => writer.keepHouse(systemClock.now()));
      droppedToMs = step.droppedToMs ?? droppedToMs;
      more = step.more;
    }
    if (droppedToMs === null || this.limits === null) return;
    const upTo = new Date(droppedToMs).toISOString();
    this.notice(
      `The history had grown beyond ${this.limits.maxBytes} bytes (history.maxBytes): what it held of single transitions up to ${upTo} was dropped, the oldest first.`,
    );
  }

  close(): Promise<void> {
    this.#closed = true;
    if (this.#rounds !== null) clearInterval(this.#rounds);
    return this.#next(async () => {
      await this.documents.close();
      await this.#close();
    });
  }

  async #round(): Promise<void> {
    if (this.#isKeepingHouse) return;
    this.#isKeepingHouse = true;
    this.#roundsSinceSweep = (this.#roundsSinceSweep + 1) % ROUNDS_TO_SWEEP;
    // What failed has its place in the answers to writes, which fail for the same reason.
    await this.keepHouse(this.#roundsSinceSweep === 0).catch(() => {});
    this.#isKeepingHouse = false;
  }

  #use<T>(act: (writer: StoreWriter, record: WritableRecord) => Promise<T>): Promise<T> {
    return this.#next(async () => {
      try {
        const { writer, record } = await this.#opened();
        return await act(writer, record);
      } catch (error) {
        throw await this.#failed(recordErrorOf(error, this.place));
      }
    });
  }

  #next<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#last.then(act);
    this.#last = done.catch(() => {});
    return done;
  }

  async #opened(): Promise<Opened> {
    if (this.#closed) throw new Error('the history is closed');
    if (this.#open !== null) return this.#open;
    const record = await openForWriting(this.place).catch((error: unknown) => {
      if (!this.#movedAside(recordErrorOf(error, this.place))) throw error;
      return openForWriting(this.place);
    });
    this.#open = { record, writer: new StoreWriter(record.database, this.limits) };
    return this.#open;
  }

  async #failed(error: RecordError): Promise<RecordError> {
    // Of a lost pen and a full disk the database is none the worse.
    if (error.code !== 'pen-lost' && error.code !== 'disk-full') await this.#close().catch(() => {});
    this.#movedAside(error);
    return error;
  }

  /** Where the error is that a file is damaged, the next one to open it finds none and begins anew. */
  #movedAside({ code, message }: RecordError): boolean {
    if (code !== 'corrupt' || this.place.kind !== 'sqlite') return false;
    const aside = moveAside(sqliteFile(this.place.folder), Date.now());
    this.notice(
      `${message} It was moved to ${aside}, and a new history begins now; what is shown live is not affected.`,
    );
    return true;
  }

  async #close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    await open?.record.close();
  }
}
