import type { DeadLetter } from '@/lib/alerts/alert-body';
import type { AlertDocuments } from '@/server/alerts/alert-documents';
import type { DeliveryLog } from '@/server/alerts/delivery/delivery-parts';
import type { Clock } from '@/server/consul/clock';
import { type DeadLetterDocument, deadLetterDocumentSchema, parsedDocument } from './delivery-document';

/** More are not kept, nor are more ids shown. */
const MOST = 1_000;
const MOST_IDS = 50;

interface Kept {
  readonly version: number;
  readonly document: DeadLetterDocument;
  readonly letter: DeadLetter;
}

interface DeadLetterParts {
  readonly documents: AlertDocuments;
  readonly clock: Clock;
  readonly log: DeliveryLog;
}

/** Deliveries that were given up, the newest first, until a person sends or discards them. */
export class DeadLetters {
  #kept: ReadonlyMap<string, Kept> = new Map();
  #letters: readonly DeadLetter[] = [];

  constructor(private readonly parts: DeadLetterParts) {}

  get letters(): readonly DeadLetter[] {
    return this.#letters;
  }

  count(webhook: string): number {
    return this.#letters.filter(({ outlet }) => outlet === webhook).length;
  }

  /** As they are kept now. Rejects as the documents do. */
  async load(): Promise<void> {
    const kept = new Map<string, Kept>();
    for (const { id, body, version } of await this.parts.documents.all('webhook-dead-letter')) {
      const document = parsedDocument(deadLetterDocumentSchema, body);
      if (document !== null) kept.set(id, { version, document, letter: letterOf(id, version, document) });
    }
    this.#set(kept);
  }

  /** Rejects as the documents do. */
  async add(id: string, document: DeadLetterDocument): Promise<void> {
    const version = await this.parts.documents.put('webhook-dead-letter', id, JSON.stringify(document), null);
    if (version === null) return;
    this.#set(new Map(this.#kept).set(id, { version, document, letter: letterOf(id, version, document) }));
    await this.#bound();
  }

  /** It becomes a delivery once more, of the same id, with all its tries before it. */
  async resend(id: string, etag: string): Promise<'done' | 'unknown' | 'changed'> {
    const { documents, clock } = this.parts;
    await this.load();
    const kept = this.#kept.get(id);
    if (kept === undefined) return 'unknown';
    if (kept.letter.etag !== etag) return 'changed';
    const { givenUpAt: _at, reason: _reason, ...delivery } = kept.document;
    const again = { ...delivery, tries: 0, firstTriedAt: null, nextTryAt: clock.iso(clock.now()) };
    // First the delivery: a death between the two leaves both, never neither.
    if ((await documents.put('webhook-delivery', id, JSON.stringify(again), 0)) === null) return 'changed';
    return this.#remove(id, kept.version);
  }

  async discard(id: string, etag: string): Promise<'done' | 'unknown' | 'changed'> {
    await this.load();
    const kept = this.#kept.get(id);
    if (kept === undefined) return 'unknown';
    return kept.letter.etag === etag ? this.#remove(id, kept.version) : 'changed';
  }

  async #remove(id: string, version: number): Promise<'done' | 'changed'> {
    const done = await this.parts.documents.remove('webhook-dead-letter', id, version);
    const kept = new Map(this.#kept);
    kept.delete(id);
    this.#set(kept);
    return done ? 'done' : 'changed';
  }

  async #bound(): Promise<void> {
    const tooMany = this.#letters.slice(MOST);
    for (const { id, outlet, alertCount } of tooMany) {
      await this.#remove(id, this.#kept.get(id)?.version ?? 0);
      this.parts.log.warn(
        { outlet, delivery: id },
        `More than ${MOST} deliveries were given up: the oldest, with ${alertCount} alerts, is forgotten. Send or discard the others on the page of alerts.`,
      );
    }
  }

  #set(kept: ReadonlyMap<string, Kept>): void {
    this.#kept = kept;
    this.#letters = [...kept.values()].map(({ letter }) => letter).sort(newestFirst);
  }
}

function letterOf(id: string, version: number, document: DeadLetterDocument): DeadLetter {
  const { webhook, firstTriedAt, madeAt, givenUpAt, tries, reason, alerts } = document;
  return {
    ...{ id, outlet: webhook, firstTriedAt: firstTriedAt ?? madeAt, givenUpAt, tries, reason },
    alerts: alerts.slice(0, MOST_IDS).map((alert) => alert.id),
    ...{ alertCount: alerts.length, etag: `"${version}"` },
  };
}

function newestFirst(one: DeadLetter, other: DeadLetter): number {
  if (one.givenUpAt === other.givenUpAt) return one.id < other.id ? -1 : 1;
  return one.givenUpAt > other.givenUpAt ? -1 : 1;
}
