import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { AlertRecord, Silence, SilenceWish } from '@/lib/alerts/alert-body';
import type { AlertBook } from '@/lib/alerts/alert-book';
import { activeSilences, matchesAll, readSilenceFilter, silencedIds } from '@/lib/alerts/silence-filter';
import { isListed, type KeptSilence, nextSilenceChangeMs, silenceState } from '@/lib/alerts/silence-state';
import { en } from '@/lib/text/en';
import { AlertRefusal } from '@/server/alerts/alert-desk-parts';
import type { AlertDocuments } from '@/server/alerts/alert-documents';
import { keptJson } from './kept-json';

const time = z.iso.datetime();
const keptSchema = z.object({
  ...{ filter: z.string(), from: time, to: time, reason: z.string(), by: z.string(), createdAt: time },
});

interface Held {
  readonly silence: KeptSilence;
  readonly version: number;
}

/** For what nobody is called: in documents, for every Lictor that shares them. */
export class Silences {
  #held = new Map<string, Held>();
  /** Grows whenever one is made, begins, ends, or is other than it was. */
  version = 0;

  constructor(
    private readonly documents: AlertDocuments,
    private readonly book: Pick<AlertBook, 'setSilences'>,
    private readonly nowMs: () => number,
  ) {}

  async read(): Promise<void> {
    const documents = await this.documents.all('alert-silence');
    this.#held = new Map(
      documents.flatMap(({ id, body, version }): [string, Held][] => {
        const kept = keptJson(keptSchema, body);
        return kept ? [[id, { silence: { id, ...kept }, version }]] : [];
      }),
    );
    this.apply();
  }

  /** Those that hold now, from now on. */
  apply(): void {
    this.version += 1;
    this.book.setSilences(activeSilences(this.#all, this.nowMs()));
  }

  /** When the next begins, ends or leaves the list; null: never. */
  get nextChangeMs(): number | null {
    return nextSilenceChangeMs(this.#all, this.nowMs());
  }

  /** Sorted by id. @param alerts the present ones */
  list(alerts: readonly AlertRecord[]): Silence[] {
    const nowMs = this.nowMs();
    const listed = [...this.#held.values()].filter(({ silence }) => isListed(silence, nowMs));
    return listed.map((held) => published(held, alerts, nowMs)).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  find(id: string): KeptSilence | undefined {
    return this.#held.get(id)?.silence;
  }

  /**
   * @param key the same one makes the same silence, in whichever Lictor
   * @throws AlertRefusal `invalid-filter`, `silence-in-the-past`, `matches-all`, `not-kept`
   */
  async add(wish: SilenceWish, key: string, by: string, alerts: readonly AlertRecord[]): Promise<Silence> {
    const nowMs = this.nowMs();
    const filter = mustBeFilter(wish.filter);
    const createdAt = isoOf(nowMs);
    const from = wish.from === undefined ? createdAt : isoOf(Date.parse(wish.from));
    const to = isoOf(Date.parse(wish.to));
    if (Date.parse(to) <= nowMs) {
      throw refusal(
        'silence-in-the-past',
        'The silence would be over already. Nothing was silenced: choose a later end.',
      );
    }
    if (to <= from) {
      throw refusal(
        'silence-in-the-past',
        'The silence would end before it begins. Nothing was silenced: choose a later end.',
      );
    }
    if (matchesAll(filter) && wish.confirmAll !== true) {
      const sentence =
        'This holds for every alert, also those to come: say so once more (confirmAll), or name what it is for.';
      throw refusal('matches-all', sentence);
    }
    const id = createHash('sha256').update(key).digest('hex').slice(0, 16);
    const kept = { filter: wish.filter, from, to, reason: wish.reason, by, createdAt };
    const version = await this.#keep(() => this.documents.put('alert-silence', id, JSON.stringify(kept), 0));
    // Another Lictor was asked for the same, and was faster.
    if (version === null) await this.#keep(() => this.read());
    else this.#held.set(id, { silence: { id, ...kept }, version });
    this.apply();
    return this.#published(id, alerts);
  }

  /** @throws AlertRefusal `unknown-silence`, `changed`, `not-kept` */
  async end(id: string, etag: string, alerts: readonly AlertRecord[]): Promise<Silence> {
    const held = this.#held.get(id);
    if (!held) throw unknownSilence();
    if (etag !== etagOf(held)) throw this.#changed(id, alerts);
    const nowMs = this.nowMs();
    if (silenceState(held.silence, nowMs) === 'expired') return published(held, alerts, nowMs);
    const { id: _, ...kept } = held.silence;
    const now = isoOf(nowMs);
    const ended = { ...kept, to: now, from: Date.parse(kept.from) < nowMs ? kept.from : now };
    const version = await this.#keep(() =>
      this.documents.put('alert-silence', id, JSON.stringify(ended), held.version),
    );
    if (version === null) {
      await this.#keep(() => this.read());
      throw this.#changed(id, alerts);
    }
    this.#held.set(id, { silence: { id, ...ended }, version });
    this.apply();
    return this.#published(id, alerts);
  }

  /** What ended so long ago that it is not listed is taken away. */
  clear(): void {
    const nowMs = this.nowMs();
    for (const [id, { silence, version }] of this.#held) {
      if (isListed(silence, nowMs)) continue;
      this.#held.delete(id);
      this.documents.remove('alert-silence', id, version).catch(() => {});
    }
  }

  get #all(): KeptSilence[] {
    return [...this.#held.values()].map(({ silence }) => silence);
  }

  #published(id: string, alerts: readonly AlertRecord[]): Silence {
    const held = this.#held.get(id);
    if (!held) throw unknownSilence();
    return published(held, alerts, this.nowMs());
  }

  #changed(id: string, alerts: readonly AlertRecord[]): AlertRefusal {
    const present = this.#published(id, alerts);
    return refusal(
      'changed',
      'The silence is not as it was seen: somebody changed it meanwhile. Look at it once more.',
      {
        present,
      },
    );
  }

  async #keep<T>(write: () => Promise<T>): Promise<T> {
    return write().catch((error: unknown) => {
      throw refusal('not-kept', `Nothing was changed, for it could not be written down: ${(error as Error).message}`);
    });
  }
}

/** @throws AlertRefusal `invalid-filter` */
export function mustBeFilter(text: string) {
  const reading = readSilenceFilter(text);
  if (reading.ok) return reading.filter;
  const { start, end } = reading.error;
  throw refusal('invalid-filter', `The filter cannot be read: ${en.filter.error(reading.error)}`, { at: start, end });
}

function published(held: Held, alerts: readonly AlertRecord[], nowMs: number): Silence {
  const { silence } = held;
  const reading = readSilenceFilter(silence.filter);
  const matches = reading.ok ? silencedIds(reading.filter, alerts, nowMs).length : 0;
  return { ...silence, state: silenceState(silence, nowMs), matches, etag: etagOf(held) };
}

const etagOf = ({ version }: Held): string => `"${version}"`;
const isoOf = (ms: number): string => new Date(ms).toISOString();
const refusal = (...given: ConstructorParameters<typeof AlertRefusal>) => new AlertRefusal(...given);
const unknownSilence = () =>
  refusal('unknown-silence', 'There is no silence of this id, or it ended more than a day ago.');
