import type { AlertRecord } from '@/lib/alerts/alert-body';
import type { AlertBook } from '@/lib/alerts/alert-book';
import type { AlertEntry } from '@/lib/alerts/alert-book-parts';
import { alertAnnotations, alertLabels } from '@/lib/alerts/alert-labels';
import type { KeptSilence } from '@/lib/alerts/silence-state';
import type { SentAlert } from '@/server/alerts/outlet-parts';

export interface SentAlertsParts {
  readonly book: Pick<AlertBook, 'records' | 'entry'>;
  silence(id: string): KeptSilence | undefined;
  /** How browsers reach Lictor, without a slash at its end. */
  baseUrl(): string;
}

/** Alerts as outlets are told them: those that fire for somebody, and those that did and are over. */
export class SentAlerts {
  /** Most of them are as they were. */
  readonly #made = new WeakMap<AlertRecord, SentAlert>();

  constructor(private readonly parts: SentAlertsParts) {}

  all(): SentAlert[] {
    return this.parts.book.records().flatMap((record) => {
      const entry = this.parts.book.entry(record.id);
      if (!entry || entry.firedAtMs === null || !concernsSomebody(record, entry)) return [];
      // A silence may have been given another end, while the alert says the same.
      const known = record.silencedBy.length > 0 ? undefined : this.#made.get(record);
      const sent = known ?? this.#make(record, entry, entry.firedAtMs);
      this.#made.set(record, sent);
      return [sent];
    });
  }

  #make(record: AlertRecord, { condition, resolvedAtMs }: AlertEntry, firedAtMs: number): SentAlert {
    return {
      ...{ record, firedAtMs, resolvedAtMs, silenced: this.#silenced(record) },
      labels: alertLabels(record, condition.labels),
      annotations: alertAnnotations(record, condition.annotations),
      url: `${this.parts.baseUrl()}/alerts?${new URLSearchParams({ alert: record.id })}`,
    };
  }

  /** Of several silences the one that holds longest. */
  #silenced({ silencedBy }: AlertRecord): SentAlert['silenced'] {
    const holding = silencedBy.flatMap((id) => this.parts.silence(id) ?? []);
    const [longest] = holding.sort((a, b) => Date.parse(b.to) - Date.parse(a.to));
    return longest ? { untilMs: Date.parse(longest.to), by: longest.by, reason: longest.reason } : null;
  }
}

/** What never fired but in the shadow of a greater one nobody was called for, so nobody is told its end. */
function concernsSomebody({ state }: AlertRecord, { calledAtMs }: AlertEntry): boolean {
  if (state === 'pending' || state === 'suppressed') return false;
  return state !== 'resolved' || calledAtMs !== null;
}
