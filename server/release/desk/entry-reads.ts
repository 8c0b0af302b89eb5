import type { Mechanism } from '@/lib/release/mechanism';
import type { BookEntry } from './book-entry';
import type { DeskParts } from './desk-parts';
import type { ServiceWishes } from './service-wishes';
import { readSplit, type SplitReading } from './split-reading';
import type { SplitView } from './split-view';
import { takeReading } from './taken-reading';

/** What could not be read is read again, ms … */
const AGAIN_MS = 3_000;
/** … and what looks like drift while a plan is under way. */
const UNDER_WAY_AGAIN_MS = 500;

export interface BegunReading {
  /** What was begun earlier and ends later is older. */
  readonly turn: number;
  /** ModifyIndex of the wish that held when it was begun; undefined: none did. */
  readonly wish: number | undefined;
  readonly reading: SplitReading;
}

export interface EntryReadsOptions {
  readonly actuators: DeskParts['actuators'];
  readonly wishes: ServiceWishes;
  readonly view: SplitView;
  /** These are to be read again, after this many ms. */
  readonly again: (delayMs: number, key: string, mechanisms: readonly Mechanism[]) => void;
  readonly signal: AbortSignal;
}

/** Reads what an entry of the book is about, and tells drift by it. */
export class EntryReads {
  #turn = 0;

  constructor(private readonly options: EntryReadsOptions) {}

  async read(entry: BookEntry, mechanisms: readonly Mechanism[]): Promise<BegunReading> {
    const { actuators, wishes, view, signal } = this.options;
    const { key, dc, name } = entry;
    this.#turn += 1;
    const turn = this.#turn;
    const wish = wishes.wishOf(key);
    entry.due.begin(mechanisms);
    if (wish?.record && mechanisms.includes(wish.record.mechanism)) entry.readWith = wish.modifyIndex;
    const asked = actuators.filter(({ mechanism }) => mechanisms.includes(mechanism));
    const reading = await readSplit(asked, view.subject(dc, name), signal);
    return { turn, wish: wish?.modifyIndex, reading };
  }

  async take(entry: BookEntry, { turn, wish, reading }: BegunReading): Promise<void> {
    const { wishes, view, again, signal } = this.options;
    const { key } = entry;
    const taken = takeReading(entry, turn, reading);
    const unreadable = taken.filter((mechanism) => reading.unreadable.has(mechanism));
    if (unreadable.length > 0) again(AGAIN_MS, key, unreadable);
    const wished = wishes.wishOf(key)?.record?.mechanism;
    // What was read before the wish is nothing to hold against it.
    if (wished !== undefined && !taken.includes(wished)) return;
    const drift = await view.drift(entry, signal);
    // A wish that came meanwhile may be of a plan that this reading saw half of.
    const isOfThisWish = wishes.wishOf(key)?.modifyIndex === wish;
    if (drift === null || (drift !== undefined && isOfThisWish)) entry.drift = drift;
    else again(UNDER_WAY_AGAIN_MS, key, taken);
  }
}
