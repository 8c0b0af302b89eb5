import type { AlertRecord } from '@/lib/alerts/alert-body';
import type { AlertBook } from '@/lib/alerts/alert-book';
import type { AlertEdge } from '@/lib/alerts/alert-book-parts';
import type { AlertEngineParts } from './alert-engine-parts';
import { recordedSubject } from './alert-history';

/** Writes down how alerts went from state to state; only the Lictor that writes the record does. */
export class RecordedSteps {
  constructor(
    private readonly book: Pick<AlertBook, 'record' | 'entry'>,
    private readonly parts: Pick<AlertEngineParts, 'mayWrite' | 'recorded' | 'replica'>,
  ) {}

  write(edges: readonly AlertEdge[]): void {
    const { mayWrite, recorded, replica } = this.parts;
    for (const { id, from, to } of edges) {
      const record = this.book.record(id) ?? this.book.entry(id)?.condition;
      if (record && isNews(record, to) && mayWrite()) recorded(recordedSubject(record.subject, replica), id, from, to);
    }
  }
}

/** What is pending may come to nothing: of each flip of a check the record has the flip. And that the watchdog fires is none. */
const isNews = ({ evidence }: Pick<AlertRecord, 'evidence'>, to: AlertRecord['state']): boolean =>
  to !== 'pending' && evidence.kind !== 'watchdog';
