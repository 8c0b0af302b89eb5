import { setMaxListeners } from 'node:events';
import { parsePair, serviceKey } from '@/lib/fleet/keys';
import type { Mechanism } from '@/lib/release/mechanism';
import type { SplitRecord, SplitsBody } from '@/lib/release/split-body';
import type { WishRecord } from '@/lib/release/wish-record';
import { wishSentence } from '@/lib/release/wish-sentence';
import type { Timer } from '@/server/consul/clock';
import type { SplitSubject } from '@/server/release/actuator';
import { type BookEntry, bearUnlike, bookEntry, tellInstances } from './book-entry';
import { BookMembers } from './book-members';
import { CountedServices } from './counted-services';
import type { DeclaredServices, NamedFact } from './declared-services';
import type { DeskParts } from './desk-parts';
import { EntryReads } from './entry-reads';
import { OwedReads } from './owed-reads';
import { ReadQueue } from './read-queue';
import { hasSeenFact, hasSeenWeights } from './seen-by-reading';
import { ServiceWishes } from './service-wishes';
import type { SplitReading } from './split-reading';
import { SplitTopic } from './split-topic';
import { SplitView } from './split-view';
import { type KeptWish, WishShelf } from './wish-shelf';
import type { WriteGate } from './write-gate';

const MOST_READ_AT_ONCE = 3;
/** The least time between two reads of one service, ms: what changes all the time costs Consul no more. */
const READ_PAUSE_MS = 250;
const TICK_MS = 1_000;

/** A service as it was just read. */
export interface ReadSplit {
  readonly subject: SplitSubject;
  readonly reading: SplitReading;
  readonly record: SplitRecord;
  readonly wish: KeptWish | undefined;
}

/**
 * The splits of every service that has more than one version, a wish, or something that declares one: kept up with by what the fleet and the watch of
 * configuration tell, and published where a record changed. A service with one version and nothing else costs nothing.
 */
export class SplitBook {
  readonly #parts: DeskParts;
  readonly #declared: DeclaredServices;
  readonly #entries = new Map<string, BookEntry>();
  readonly #queue: ReadQueue;
  readonly #shelf: WishShelf;
  readonly #wishes: ServiceWishes;
  readonly #view: SplitView;
  readonly #topic: SplitTopic;
  readonly #end = new AbortController();
  readonly #timers = new Set<Timer>();
  readonly #counted: CountedServices;
  readonly #owed: OwedReads;
  readonly #members: BookMembers;
  readonly #reads: EntryReads;

  constructor(parts: DeskParts, declared: DeclaredServices, gate: WriteGate) {
    this.#parts = parts;
    this.#declared = declared;
    const { clock, consul, random, publisher, log } = parts;
    // Every read listens to it.
    setMaxListeners(0, this.#end.signal);
    this.#queue = new ReadQueue({
      ...{ clock, mostAtOnce: MOST_READ_AT_ONCE, pauseMs: READ_PAUSE_MS },
      read: (key) => this.#readAgain(key),
      failed: (error) => log.error({ err: error }, 'What divides the traffic of a service could not be taken in.'),
    });
    const onChange = (keys: readonly string[]) => {
      for (const key of keys.flatMap((one) => this.#wishes.keysBeside(one))) this.#onWish(key);
    };
    const onWritten = (key: string, wish: WishRecord) => {
      const pair = parsePair(key);
      // What this one wrote the desk has told, each write of it; of others' the newest is seen where several come at once.
      if (pair && wish.process !== parts.process) parts.recorded(pair.dc, pair.name, wishSentence(wish));
    };
    this.#shelf = new WishShelf({ consul, clock, random, onChange, onWritten });
    this.#wishes = new ServiceWishes(this.#shelf, consul);
    this.#members = new BookMembers(parts.fleet, declared, this.#wishes);
    this.#view = new SplitView(parts, this.#wishes, gate);
    this.#reads = new EntryReads({
      ...{ actuators: parts.actuators, wishes: this.#wishes, view: this.#view, signal: this.#end.signal },
      again: (delayMs, key, mechanisms) => this.#after(delayMs, () => this.touch([key], mechanisms)),
    });
    this.#counted = new CountedServices(parts);
    this.#owed = new OwedReads(consul, (dc) => this.#view.isReadable(dc));
    this.#topic = new SplitTopic(publisher, () => this.#view.nowIso());
  }

  start(): void {
    this.#shelf.start();
    this.#parts.observed.onReading(() => this.renew(this.#counted.due(this.#entries.values())));
    this.#tick();
  }

  stop(): void {
    this.#end.abort();
    this.#shelf.stop();
    this.#queue.stop();
    for (const timer of this.#timers) this.#parts.clock.clearTimeout(timer);
  }

  /** Waiting queries that it holds at the home datacenter. */
  get waits(): number {
    return this.#shelf.waits;
  }

  body(): SplitsBody {
    return this.#topic.body(this.#entries.values());
  }

  /** The fleet has seen something of a service. */
  onService(dc: string, name: string): void {
    const key = serviceKey(dc, name);
    const entry = this.#entries.get(key);
    const isMember = this.#members.has(key);
    const sidecar = this.#members.sidecarOf(key);
    if (this.#entries.has(sidecar) !== this.#members.has(sidecar)) this.touch([sidecar]);
    if (!entry && !isMember) return;
    if (!entry || !isMember) this.touch([key]);
    else this.#onInstances(entry);
    if (entry && isMember) this.renew([entry]);
  }

  /** Something that is configured was seen, or changed. */
  onConfigured(fact: NamedFact, op: 'put' | 'remove'): void {
    const keys = this.#declared.take(fact, op) ?? [...this.#entries.keys()];
    const mechanism = fact.subject === 'kv' ? 'policy' : 'mesh';
    for (const key of keys) {
      const isSeen = () => op === 'put' && hasSeenFact(this.#entries.get(key)?.reading ?? null, mechanism, fact);
      this.touch([key], [mechanism], isSeen);
    }
  }

  /** Makes records anew of what is known: something beside what Consul says of a split is another one. */
  renew(entries: Iterable<BookEntry> = this.#entries.values()): void {
    const told = [...entries].filter((entry) => entry.reading !== null || this.#isQuiet(entry));
    this.#topic.renew(told, (entry) => this.#view.record(entry));
  }

  /** Somebody may have begun to look at a service. */
  look(): void {
    for (const key of this.#parts.lookedAt()) if (this.#entries.get(key)?.due.isEmpty === false) this.#queue.touch(key);
  }

  /**
   * Reads these again soon, as far as they are in the book; what does not belong into it any more goes.
   * @param isSeen asked then: whether what was read meanwhile makes it needless
   */
  touch(keys: readonly string[], mechanisms: readonly Mechanism[] = this.#all, isSeen?: () => boolean): void {
    for (const key of keys) {
      const entry = this.#members.has(key) ? this.#open(key) : null;
      if (!entry) {
        this.#drop(key);
        continue;
      }
      if (this.#isQuiet(entry)) entry.reading = null;
      const isUnread = entry.reading === null;
      entry.due.add(isUnread ? this.#all : mechanisms, isUnread ? undefined : isSeen);
      if (this.#isQuiet(entry)) this.renew([entry]);
      else this.#queue.touch(key);
    }
  }

  /** A plan is carried out by this Lictor: until its end the book reads nothing of the service, of which half would stand. @returns its end */
  hold(key: string): () => void {
    const entry = this.#entries.get(key);
    if (!entry) return () => {};
    entry.plans += 1;
    return () => {
      entry.plans -= 1;
      if (!entry.due.isEmpty && this.#entries.get(key) === entry) this.#queue.touch(key);
    };
  }

  /** What of the last write has not arrived where it works, a sentence; null: all has. */
  setMissing(key: string, missing: string | null): void {
    const entry = this.#entries.get(key);
    if (!entry || entry.missing === missing) return;
    entry.missing = missing;
    this.renew([entry]);
  }

  /**
   * Reads a service now, whether it is in the book or not; null: there is no such service and nothing was wished for it.
   * @param moved what of it decides, `wished`: the mechanism of its wish; the others are then as the book has them, where it has. Null: all of it
   * @throws ConsulError where the wish cannot be read; that it may not be, the record says
   */
  async readNow(dc: string, name: string, moved: Mechanism | 'wished' | null = null): Promise<ReadSplit | null> {
    const key = serviceKey(dc, name);
    await this.#wishes.refresh(key, this.#end.signal);
    const before = this.#entries.get(key) ?? null;
    const decisive = moved === 'wished' ? this.#wishes.wishOf(key)?.record?.mechanism : moved;
    const isPart = before?.reading != null && decisive != null && this.#all.includes(decisive);
    const entry = before ?? this.#newEntry(key, dc, name);
    const read = await this.#reads.read(entry, isPart ? [decisive] : this.#all);
    await this.#reads.take(entry, read);
    const wish = this.#wishes.wishOf(key);
    if (!wish && !this.#parts.fleet.service(key)) return null;
    const isKept = this.#members.has(key) && (this.#entries.get(key) ?? entry) === entry;
    if (isKept) this.#entries.set(key, entry);
    if (isKept) this.renew([entry]);
    const record = (isKept ? entry.record : null) ?? this.#view.record(entry);
    return { subject: this.#view.subject(dc, name), reading: entry.reading ?? read.reading, record, wish };
  }

  get #all(): readonly Mechanism[] {
    return this.#parts.actuators.map(({ mechanism }) => mechanism);
  }

  /** Another wish holds for it. */
  #onWish(key: string): void {
    const mechanism = this.#wishes.wishOf(key)?.record?.mechanism;
    const isSeen = () => this.#entries.get(key)?.readWith === this.#wishes.wishOf(key)?.modifyIndex;
    if (mechanism === undefined) this.touch([key]);
    else this.touch([key], [mechanism], isSeen);
  }

  /** The fleet shows instances of it. */
  #onInstances(entry: BookEntry): void {
    const { key } = entry;
    const isSeen = () => hasSeenWeights(entry.reading, this.#view.instances(key));
    const changed = tellInstances(entry, this.#view.instances(key));
    if (changed === 'all') this.touch([key]);
    else if (changed === 'weights') this.touch([key], ['weights'], isSeen);
  }

  /**
   * Nothing divides it, nobody wished anything, and nobody looks. It is read when somebody does: many services have two versions for no more than a deployment, and
   * each reading is some ten questions to Consul. Until then its record says what the fleet shows.
   */
  #isQuiet({ key, record }: BookEntry): boolean {
    const isDivided =
      this.#declared.declares(key) || record?.mechanism != null || bearUnlike(this.#view.instances(key));
    return !isDivided && this.#wishes.wishOf(key) === undefined && !this.#parts.lookedAt().includes(key);
  }

  #open(key: string): BookEntry | null {
    const known = this.#entries.get(key);
    const pair = parsePair(key);
    if (known || !pair) return known ?? null;
    const entry = this.#newEntry(key, pair.dc, pair.name);
    this.#entries.set(key, entry);
    return entry;
  }

  #newEntry(key: string, dc: string, name: string): BookEntry {
    return bookEntry(key, dc, name, this.#view.instances(key));
  }

  #drop(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#queue.forget(key);
    this.#topic.remove(entry);
    entry.record = null;
  }

  async #readAgain(key: string): Promise<void> {
    const entry = this.#entries.get(key);
    if (!entry || this.#end.signal.aborted) return;
    // The end of the plan touches it again.
    if (entry.plans > 0 || this.#owed.defer(entry)) return;
    const left = entry.due.left();
    if (left.length > 0) {
      const read = await this.#reads.read(entry, left);
      if (this.#end.signal.aborted) return;
      await this.#reads.take(entry, read);
    }
    if (this.#entries.get(key) === entry) this.renew([entry]);
  }

  /** What only time, or the journal, changes. */
  #tick(): void {
    const entries = [...this.#entries.values()];
    const owed = new Set(this.#owed.due(entries));
    for (const entry of entries.filter(({ key }) => owed.has(key))) {
      if (this.#isQuiet(entry)) entry.due.add(this.#all);
      else this.touch([entry.key]);
    }
    this.look();
    this.renew(this.#view.outdated(entries));
    this.#counted.follow(this.#entries);
    this.#after(TICK_MS, () => this.#tick());
  }

  #after(delayMs: number, act: () => void): void {
    if (this.#end.signal.aborted) return;
    const timer = this.#parts.clock.setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, delayMs);
    this.#timers.add(timer);
  }
}
