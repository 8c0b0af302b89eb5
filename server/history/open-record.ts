import type { HistoryBody } from '@/lib/history/bodies';
import type { RecordReader } from './record-store';

/** The record as the HTTP side has it. */
export interface OpenRecord {
  /** Null while it is not open. */
  readonly reader: RecordReader | null;
  /** What of it is to be told. */
  body(): Promise<HistoryBody>;
}
