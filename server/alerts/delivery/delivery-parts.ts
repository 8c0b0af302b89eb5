import type { AlertRecord, Outlet } from '@/lib/alerts/alert-body';
import type { AlertDocuments } from '@/server/alerts/alert-documents';
import type { AlertOutlets } from '@/server/alerts/outlet-parts';
import type { Clock } from '@/server/consul/clock';
import type { Leadership } from '@/server/leadership/leadership';

/** What delivery needs of the process. */
export interface DeliveryParts {
  readonly documents: AlertDocuments;
  /** Only who leads sends. */
  readonly leadership: Pick<Leadership, 'state' | 'onChange'>;
  readonly clock: Clock;
  /** 0 (included) to 1. */
  readonly random: () => number;
  readonly log: DeliveryLog;
}

/** A logger's part of it; no sentence holds a secret. */
export interface DeliveryLog {
  info(fields: object, sentence: string): void;
  warn(fields: object, sentence: string): void;
}

/** Since the start of this process, by kind of outlet. */
export interface SendCounts {
  /** Requests that were accepted. */
  readonly sent: number;
  /** Requests that were not. */
  readonly failed: number;
  /** Requests that said once more what had failed before. */
  readonly retried: number;
  /** Deliveries that were given up. */
  readonly deadLetters: number;
}

/** Outlets, and what else they know. */
export interface AlertDelivery extends AlertOutlets {
  readonly stats: Readonly<Record<Outlet['kind'], SendCounts>>;
  /** Silences outside of Lictor that hold for an alert, as they were last read; they change with `onChange`. */
  silencedElsewhere(id: string): AlertRecord['silencedElsewhere'];
}
