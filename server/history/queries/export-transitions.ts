import { Readable } from 'node:stream';
import { transitionItem } from '@/lib/history/transition-item';
import { csvHead, csvLine } from '@/lib/history/transitions-csv';
import type { RecordReader } from '@/server/history/record-store';
import { everyTransition, type TransitionsAsked } from './read-transitions';

export type ExportFormat = 'csv' | 'jsonl';

/** A whole range as a file, read on only as fast as its reader takes it. */
export function exportTransitions(reader: RecordReader, asked: TransitionsAsked, format: ExportFormat): Readable {
  return Readable.from(lines(reader, asked, format), { objectMode: false, highWaterMark: 64 * 1024 });
}

async function* lines(reader: RecordReader, asked: TransitionsAsked, format: ExportFormat): AsyncGenerator<Buffer> {
  if (format === 'csv') yield Buffer.from(csvHead);
  for await (const page of everyTransition(reader, asked)) {
    const items = page.map(transitionItem);
    const text = items.map((item) => (format === 'csv' ? csvLine(item) : `${JSON.stringify(item)}\n`)).join('');
    if (text !== '') yield Buffer.from(text);
  }
}
