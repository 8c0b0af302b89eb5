import { z } from 'zod';
import type { Acknowledgement } from '@/lib/alerts/alert-body';
import type { AlertBook } from '@/lib/alerts/alert-book';
import type { KeptAcknowledgement } from '@/lib/alerts/alert-book-parts';
import type { AlertDocuments } from '@/server/alerts/alert-documents';
import { keptJson } from './kept-json';

const keptSchema = z.object({ by: z.string(), at: z.iso.datetime(), note: z.string(), since: z.iso.datetime() });

/** Who sees to what: in documents, for every Lictor that shares them. */
export class Acknowledgements {
  /** By alert. */
  #versions = new Map<string, number>();

  constructor(
    private readonly documents: AlertDocuments,
    private readonly book: Pick<AlertBook, 'setAcknowledgements'>,
  ) {}

  async read(): Promise<void> {
    const documents = await this.documents.all('alert-acknowledgement');
    this.#versions = new Map(documents.map(({ id, version }) => [id, version]));
    const kept = documents.flatMap(({ id, body }): KeptAcknowledgement[] => {
      const one = keptJson(keptSchema, body);
      return one ? [{ id, ...one }] : [];
    });
    this.book.setAcknowledgements(kept);
  }

  /**
   * @param since of the alert's record
   * @returns false: somebody else's word stands there, which is not known here yet
   */
  async put(id: string, since: string, { by, at, note }: Acknowledgement): Promise<boolean> {
    const body = JSON.stringify({ by, at, note, since });
    const version = await this.documents.put('alert-acknowledgement', id, body, this.#versions.get(id) ?? 0);
    if (version !== null) this.#versions.set(id, version);
    return version !== null;
  }

  /** @returns as of `put` */
  async remove(id: string): Promise<boolean> {
    const version = this.#versions.get(id);
    if (version === undefined) return true;
    const isRemoved = await this.documents.remove('alert-acknowledgement', id, version);
    if (isRemoved) this.#versions.delete(id);
    return isRemoved;
  }

  /** The alert is over: nobody sees to it any more. Where that cannot be written now, nothing is lost: the word counts for that time alone. */
  over(id: string): void {
    const version = this.#versions.get(id);
    if (version === undefined) return;
    this.#versions.delete(id);
    this.documents.remove('alert-acknowledgement', id, version).catch(() => {});
  }
}
