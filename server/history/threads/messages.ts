import type { RecordPlace } from '@/server/config/history-settings';
import type { RecordErrorCode } from '@/server/history/record-store';
import type { RecordLimits } from '@/server/history/store/trim';

/** What a thread is started with. */
export interface ThreadTask {
  readonly role: 'writer' | 'reader';
  readonly place: RecordPlace;
  /** Of a writer; null: it keeps everything. */
  readonly limits: RecordLimits | null;
}

/** What of a thread answers: the record, or of a writer the documents beside it. */
export type CallTarget = 'record' | 'documents';

/** To the thread. */
export interface Call {
  readonly id: number;
  readonly of: CallTarget;
  readonly method: string;
  readonly args: readonly unknown[];
}

/** From the thread. */
export type Report =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly fault: { readonly code: RecordErrorCode; readonly message: string } }
  /** A sentence for a person. */
  | { readonly notice: string };
