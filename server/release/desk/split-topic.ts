import { dequal } from 'dequal/lite';
import type { SplitRecord, SplitsBody } from '@/lib/release/split-body';
import type { Change } from '@/lib/stream/protocol';
import type { BookEntry } from './book-entry';
import type { SplitPublisher } from './desk-parts';

/** The topic `splits`: each record that became another one, once. */
export class SplitTopic {
  constructor(
    private readonly publisher: SplitPublisher,
    private readonly nowIso: () => string,
  ) {}

  body(entries: Iterable<BookEntry>): SplitsBody {
    const { epoch, seq } = this.publisher;
    const records = [...entries].flatMap(({ record }) => record ?? []);
    return { epoch, seq, at: this.nowIso(), splits: records.sort((a, b) => (a.key < b.key ? -1 : 1)) };
  }

  /** Publishes those of which `make` makes another record than the last. */
  renew(entries: Iterable<BookEntry>, make: (entry: BookEntry) => SplitRecord): void {
    const changed: SplitRecord[] = [];
    for (const entry of entries) {
      const record = make(entry);
      if (dequal(record, entry.record)) continue;
      entry.record = record;
      changed.push(record);
    }
    if (changed.length === 0) return;
    const put = (record: SplitRecord): Change => ({
      ...{ key: record.key, op: 'put', value: record, from: null, merged: false },
    });
    this.#publish(changed.map(put), changed.length === 1 ? (changed[0]?.index ?? null) : null);
  }

  remove({ key, record }: BookEntry): void {
    if (record) this.#publish([{ key, op: 'remove', value: null, from: null, merged: false }], null);
  }

  #publish(changes: readonly Change[], index: number | null): void {
    this.publisher.publish('splits', { observedAt: this.nowIso(), index, changes });
  }
}
