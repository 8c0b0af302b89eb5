import type { RecordPlace } from '@/server/config/history-settings';
import { type RecordDocuments, RecordError, type RecordReader, type RecordWriter } from '@/server/history/record-store';
import type { RecordLimits } from '@/server/history/store/trim';
import { RecordThread } from './record-thread';

/** Nobody may look at the past for days: the reader's memory is then better used by what is live. */
const READER_REST_MS = 60_000;
/** A past moment is many short-lived objects at once, MB. */
const READER_MEMORY = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };

/** A record whose databases answer in threads of their own. */
export interface RecordThreads {
  readonly store: RecordPlace['kind'];
  readonly writer: RecordWriter;
  readonly reader: RecordReader;
  readonly documents: RecordDocuments;
  /** Why it could not be opened at first; null: it was. Each later call tries again, but one of a `newer-version` must not be touched. */
  readonly opened: Promise<RecordError | null>;
  /** Ends both threads; what was appended before is written. */
  close(): Promise<void>;
}

/**
 * Starts a writer and a reader of a record.
 * @param limits null: everything is kept
 * @param notice is told what a person should know: that a damaged file was moved aside, that something was dropped for want of room
 */
export function startRecordThreads(
  place: RecordPlace,
  notice: (sentence: string) => void,
  limits: RecordLimits | null = null,
): RecordThreads {
  const writing = new RecordThread({ role: 'writer', place, limits }, notice);
  const reading = new RecordThread({ role: 'reader', place, limits }, notice, {
    restAfterMs: READER_REST_MS,
    memory: READER_MEMORY,
  });
  const close = async () => {
    await Promise.all([writing.close(), reading.close()]);
  };
  const opened = writing.call('open', []).then(
    () => null,
    (error: RecordError) => error,
  );
  const [writer, reader, documents] = [writerOf(writing), readerOf(reading, writing), documentsOf(writing)];
  return { store: place.kind, writer, reader, documents, opened, close };
}

function writerOf(thread: RecordThread): RecordWriter {
  const method =
    <Name extends keyof RecordWriter>(name: Name) =>
    (...args: Parameters<RecordWriter[Name]>) =>
      thread.call(name, args) as ReturnType<RecordWriter[Name]>;
  return {
    takePen: method('takePen'),
    append: method('append'),
    recordedNames: method('recordedNames'),
    recordedService: method('recordedService'),
    recordedNode: method('recordedNode'),
    recordedConfiguration: method('recordedConfiguration'),
    close: () => thread.close(),
  };
}

function readerOf(thread: RecordThread, writing: RecordThread): RecordReader {
  const method =
    <Name extends keyof RecordReader>(name: Name) =>
    (...args: Parameters<RecordReader[Name]>) =>
      thread.call(name, args).catch((error: unknown) => {
        // Only who writes it may move it aside.
        if (error instanceof RecordError && error.code === 'corrupt') void writing.call('examine', []);
        throw error;
      }) as ReturnType<RecordReader[Name]>;
  return {
    transitions: method('transitions'),
    rollUps: method('rollUps'),
    past: method('past'),
    pastSummary: method('pastSummary'),
    pastInstances: method('pastInstances'),
    gaps: method('gaps'),
    facts: method('facts'),
    close: () => thread.close(),
  };
}

function documentsOf(thread: RecordThread): RecordDocuments {
  const method =
    <Name extends keyof RecordDocuments>(name: Name) =>
    (...args: Parameters<RecordDocuments[Name]>) =>
      thread.call(name, args, 'documents') as ReturnType<RecordDocuments[Name]>;
  return { all: method('all'), put: method('put'), remove: method('remove'), revision: method('revision') };
}
