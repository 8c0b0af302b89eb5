import type { AlertDocuments } from '@/server/alerts/alert-documents';
import type { Clock, Timer } from '@/server/consul/clock';

/** Somebody else's word is heard within so long, ms. */
const LOOK_EVERY_MS = 2_000;

export interface FollowedDocumentsParts {
  readonly documents: Pick<AlertDocuments, 'revision'>;
  readonly clock: Clock;
  /** Reads what changed; rejects where it cannot be read. */
  read(): Promise<void>;
  readonly log: { info(fields: object, sentence: string): void; warn(fields: object, sentence: string): void };
}

/** Reads shared documents anew whenever anybody wrote one. While they cannot be read what was read last stands. */
export class FollowedDocuments {
  #revision: number | null = null;
  #timer: Timer | null = null;
  #looking: Promise<boolean> | null = null;
  #trouble: string | null = null;
  #stopped = false;

  constructor(private readonly parts: FollowedDocumentsParts) {}

  /** @returns whether they could be read; they are followed from here on, either way */
  async start(): Promise<boolean> {
    const isRead = await this.look();
    this.#lookLater();
    return isRead;
  }

  /** Looks now: for who knows that something was written. */
  look(): Promise<boolean> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer) this.parts.clock.clearTimeout(this.#timer);
  }

  async #look(): Promise<boolean> {
    const { documents, read, log } = this.parts;
    try {
      const revision = await documents.revision();
      if (revision !== this.#revision) {
        await read();
        this.#revision = revision;
      }
      if (this.#trouble !== null) log.info({}, 'Acknowledgements and silences can be read again.');
      this.#trouble = null;
      return true;
    } catch (error) {
      const { message } = error as Error;
      if (message !== this.#trouble)
        log.warn({}, `Acknowledgements and silences cannot be read, and those read last stand: ${message}`);
      this.#trouble = message;
      return false;
    }
  }

  #lookLater(): void {
    if (this.#stopped) return;
    this.#timer = this.parts.clock.setTimeout(() => void this.look().finally(() => this.#lookLater()), LOOK_EVERY_MS);
  }
}
