import type { AlertBook } from '@/lib/alerts/alert-book';
import type { Clock } from '@/server/consul/clock';
import { Pause } from '@/server/consul/pause';
import type { SavedStateKeeper } from './saved-state';

/** What was open before is waited for so long at the start, ms. */
const READ_LIMIT_MS = 5_000;

export interface RestoredBookParts {
  readonly book: Pick<AlertBook, 'restore'>;
  readonly saved: Pick<SavedStateKeeper, 'read'>;
  readonly clock: Clock;
  nowMs(): number;
  /** It is in the book now. */
  onRestored(): void;
  readonly log: { warn(fields: object, sentence: string): void };
}

/** What was open before this Lictor began, read back into the book once. A database that does not answer keeps nobody from what is live: what it holds comes late then. */
export class RestoredBook {
  #isRead = false;

  constructor(private readonly parts: RestoredBookParts) {}

  /** It was read, or there was nothing. Until then what is known is not written over it. */
  get isRead(): boolean {
    return this.#isRead;
  }

  /** Rejects where it cannot be read. */
  async read(): Promise<void> {
    const { book, saved, nowMs, onRestored } = this.parts;
    if (this.#isRead) return;
    const state = await saved.read();
    if (state && !this.#isRead) book.restore(state.alerts, nowMs());
    this.#isRead = true;
    onRestored();
  }

  /** At the start: waits a while, then lets it come late. @param then what is read after it, at once or late */
  async readBefore(then: () => Promise<unknown>): Promise<void> {
    const { clock, log } = this.parts;
    const read = this.read().catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      log.warn({}, `What was open before cannot be read, so alerts are found anew: ${reason}`);
    });
    const limit = new Pause(clock);
    await Promise.race([read.then(then), limit.sleep(READ_LIMIT_MS)]);
    limit.end();
  }
}
