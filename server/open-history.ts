import type { HistoryState } from '@/lib/system/history-state';
import type { Settings } from './config/settings';
import type { OpenRecord } from './history/open-record';
import { type RecordDocuments, RecordError, type RecordReader } from './history/record-store';
import { Recorder, type RecorderOptions } from './history/recorder/recorder';
import { startRecordThreads } from './history/threads/record-threads';

export interface OpenHistory {
  readonly record: OpenRecord & { readonly reader: RecordReader };
  readonly recorder: Recorder;
  /** Beside the record; any replica writes them. */
  readonly documents: RecordDocuments;
  /** For `/api/v1/system`. */
  state(): HistoryState;
  /**
   * Resolves once it is open, or cannot be for now.
   * @throws RecordError `newer-version`: it must not be touched
   */
  opened(): Promise<void>;
  /** Writes what is left, and closes. */
  close(): Promise<void>;
}

/** A database that does not answer keeps nobody from what is live for longer, ms. */
const OPEN_LIMIT_MS = 2_000;
const CLOSE_LIMIT_MS = 1_000;

/**
 * Opens the record that the settings name. One that cannot be opened is tried again and again; until then Lictor serves what is live.
 * @param given `leadership`: among those that share a database; a file is its owner's alone
 */
export function openHistory(
  { recordPlace, file }: Pick<Settings, 'recordPlace' | 'file'>,
  given: Omit<RecorderOptions, 'writer'>,
): OpenHistory {
  const threads = startRecordThreads(recordPlace, (sentence) => recorder.notice(sentence), file.history);
  const shared = recordPlace.kind === 'postgres';
  const alone = { state: { leads: true, holder: null, reason: null }, onChange: () => {} };
  const leadership = shared ? given.leadership : alone;
  const recorder: Recorder = new Recorder({ ...given, leadership, writer: threads.writer });

  const state = (): HistoryState => {
    const { state: now, queued, dropped } = recorder.status;
    return { store: threads.store, state: now, queued, dropped, reason: recorder.trouble };
  };
  const record = {
    reader: threads.reader,
    body: async () => {
      const { store, state: now, queued, dropped } = state();
      const facts = await threads.reader.facts().catch((error: unknown) => {
        if (error instanceof RecordError) return { oldestMs: null, newestMs: null, transitions: 0, bytes: null };
        throw error;
      });
      return {
        ...{ store, state: now, notices: [...recorder.notices], queued, dropped },
        ...{ oldest: isoOf(facts.oldestMs), newest: isoOf(facts.newestMs) },
        ...{ transitions: facts.transitions, bytes: facts.bytes, maxBytes: file.history.maxBytes },
      };
    },
  };
  return {
    ...{ record, recorder, documents: threads.documents, state },
    opened: async () => {
      const trouble = await Promise.race([threads.opened, after(OPEN_LIMIT_MS)]);
      if (trouble?.code === 'newer-version') throw trouble;
    },
    close: async () => {
      await recorder.stop();
      await Promise.race([threads.close(), after(CLOSE_LIMIT_MS)]);
    },
  };
}

function after(ms: number): Promise<null> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(null), ms).unref();
  });
}

const isoOf = (atMs: number | null): string | null => (atMs === null ? null : new Date(atMs).toISOString());
