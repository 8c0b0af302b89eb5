/**
 * Small documents that outlive the process, kept beside the record and shared by all that share it: acknowledgements, silences, rules, open alerts, deliveries. Each
 * method rejects with an error whose message is a sentence for a person.
 */
export interface AlertDocuments {
  /** All of a kind. */
  all(kind: DocumentKind): Promise<readonly AlertDocument[]>;
  /**
   * Writes one.
   * @param expected its version before; 0: there must be none; null: whatever stands is overwritten
   * @returns the new version; null: it was not as expected, and nothing was written
   */
  put(kind: DocumentKind, id: string, body: string, expected: number | null): Promise<number | null>;
  /** @returns whether it was there as expected; `expected` as above */
  remove(kind: DocumentKind, id: string, expected: number | null): Promise<boolean>;
  /** Grows with every write of anybody, so that who shares them sees that there is something to read. */
  revision(): Promise<number>;
}

export type DocumentKind =
  | 'alert-acknowledgement'
  | 'alert-silence'
  | 'alert-rules'
  /** What is open, as the one that leads last knew it. */
  | 'alert-state'
  | 'webhook-delivery'
  | 'webhook-dead-letter'
  /** Answers to creations, by idempotency key. */
  | 'idempotency';

export interface AlertDocument {
  readonly id: string;
  /** JSON. */
  readonly body: string;
  /** From 1. */
  readonly version: number;
  /** ms since 1970. */
  readonly writtenAtMs: number;
}
