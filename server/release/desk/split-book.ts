import { setMaxListeners } from 'node:events';
import { dequal } from 'dequal/lite';
import { parsePair, serviceKey } from '@/lib/fleet/keys';
import type { Instance } from '@/lib/fleet/model';
import type { Drift, SplitRecord, SplitsBody } from '@/lib/release/split-body';
import type { Change } from '@/lib/stream/protocol';
import type { Timer } from '@/server/consul/clock';
import { ConsulError } from '@/server/consul/consul-error';
import type { SplitSubject } from '@/server/release/actuator';
import type { DeclaredServices, NamedFact } from './declared-services';
import type { DeskParts } from './desk-parts';
import { ReadQueue } from './read-queue';
import { driftOf } from './split-drift';
import { keepKnown, readSplit, type SplitReading } from './split-reading';
import { splitRecord } from './split-record';
import { type KeptWish, WishShelf } from './wish-shelf';
import type { WriteGate } from './write-gate';

const MOST_READ_AT_ONCE = 3;
/** The least time between two reads of one service, ms: what changes all the time costs Consul no more. */
const READ_PAUSE_MS = 250;
/** What could not be read is read again, ms … */
const AGAIN_MS = 3_000;
/** … and what looks like drift while a plan is under way. */
const UNDER_WAY_AGAIN_MS = 500;
/** Services whose traffic is counted. */
const MOST_COUNTED = 200;
const TICK_MS = 1_000;

/** One service in the book. */
interface Entry {
  readonly key: string;
  readonly dc: string;
  readonly name: string;
  /** Of the newest reading that was begun. */
  turn: number;
  reading: SplitReading | null;
  drift: Drift | null;
  missing: string | null;
  /** As published; null: not yet. */
  record: SplitRecord | null;
  /** What of its instances a split hangs on, as last read. */
  instances: string;
}

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
  readonly #gate: WriteGate;
  readonly #entries = new Map<string, Entry>();
  readonly #queue: ReadQueue;
  readonly #shelf: WishShelf;
  readonly #end = new AbortController();
  readonly #timers = new Set<Timer>();
  readonly #primaries = new Map<string, string | null>();
  #turn = 0;

  constructor(parts: DeskParts, declared: DeclaredServices, gate: WriteGate) {
    this.#parts = parts;
    this.#declared = declared;
    this.#gate = gate;
    const { clock, consul, random } = parts;
    // Every read listens to it.
    setMaxListeners(0, this.#end.signal);
    this.#queue = new ReadQueue({
      ...{ clock, mostAtOnce: MOST_READ_AT_ONCE, pauseMs: READ_PAUSE_MS },
      read: (key) => this.#readAgain(key),
      failed: (error) => this.#failed(error),
    });
    this.#shelf = new WishShelf({ consul, clock, random, onChange: (keys) => this.touch(keys) });
  }

  start(): void {
    this.#shelf.start();
    this.#parts.observed.onReading(() => this.#renew(this.#entries.values()));
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
    const { publisher, clock } = this.#parts;
    const records = [...this.#entries.values()].flatMap(({ record }) => record ?? []);
    const splits = records.sort((a, b) => (a.key < b.key ? -1 : 1));
    return { epoch: publisher.epoch, seq: publisher.seq, at: clock.iso(clock.now()), splits };
  }

  /** The fleet has seen something of a service. */
  onService(dc: string, name: string): void {
    const key = serviceKey(dc, name);
    const entry = this.#entries.get(key);
    if (!entry) {
      if (this.#isMember(key)) this.touch([key]);
      return;
    }
    if (standsOn(this.#instances(key)) !== entry.instances || !this.#isMember(key)) this.touch([key]);
    this.#renew([entry]);
  }

  /** Why nothing may be written may be another reason now. */
  onGate(): void {
    this.#renew(this.#entries.values());
  }

  /** What is unfinished is something else now. */
  onJournal(): void {
    this.#renew(this.#entries.values());
  }

  /** Something that is configured was seen, or changed. */
  onConfigured(fact: NamedFact, op: 'put' | 'remove'): void {
    this.touch(this.#declared.take(fact, op) ?? [...this.#entries.keys()]);
  }

  /** Reads these again soon, as far as they are in the book; what does not belong into it any more goes. */
  touch(keys: readonly string[]): void {
    for (const key of keys) {
      if (!this.#isMember(key)) this.#drop(key);
      else if (this.#open(key)) this.#queue.touch(key);
    }
  }

  /** What of the last write has not arrived where it works, a sentence; null: all has. */
  setMissing(key: string, missing: string | null): void {
    const entry = this.#entries.get(key);
    if (!entry || entry.missing === missing) return;
    entry.missing = missing;
    this.#renew([entry]);
  }

  /**
   * Reads a service now, whether it is in the book or not; null: there is no such service and nothing was wished for it.
   * @throws ConsulError where the wish cannot be read
   */
  async readNow(dc: string, name: string): Promise<ReadSplit | null> {
    const key = serviceKey(dc, name);
    const [reading, turn] = await Promise.all([
      this.#read(dc, name),
      ++this.#turn,
      this.#shelf.refresh(dc, name, this.#end.signal),
    ]);
    const wish = this.#shelf.wishOf(key);
    if (!wish && !this.#parts.fleet.service(key)) return null;
    const entry = this.#isMember(key) ? this.#open(key) : null;
    const one = entry ?? newEntry(key, dc, name);
    await this.#take(one, reading, turn);
    if (entry) this.#renew([entry]);
    const record = one.record ?? this.#recordOf(one);
    return { subject: this.#subject(dc, name), reading: one.reading ?? reading, record, wish };
  }

  #isMember(key: string): boolean {
    if (this.#shelf.wishOf(key)) return true;
    const service = this.#parts.fleet.service(key)?.service;
    if (!service) return false;
    return Object.keys(service.versions).length > 1 || this.#declared.declares(key);
  }

  #open(key: string): Entry | null {
    const known = this.#entries.get(key);
    const pair = parsePair(key);
    if (known || !pair) return known ?? null;
    const entry = newEntry(key, pair.dc, pair.name);
    this.#entries.set(key, entry);
    return entry;
  }

  #drop(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#queue.forget(key);
    if (entry.record) this.#publish([{ key, op: 'remove', value: null, from: null, merged: false }], null);
  }

  async #readAgain(key: string): Promise<void> {
    const entry = this.#entries.get(key);
    if (!entry || this.#end.signal.aborted) return;
    const turn = ++this.#turn;
    const reading = await this.#read(entry.dc, entry.name);
    if (this.#end.signal.aborted) return;
    await this.#take(entry, reading, turn);
    if (this.#entries.get(key) === entry) this.#renew([entry]);
    if (reading.unreadable.size > 0) this.#later(key, AGAIN_MS);
  }

  #read(dc: string, name: string): Promise<SplitReading> {
    return readSplit(this.#parts.actuators, this.#subject(dc, name), this.#end.signal);
  }

  /** @param turn of when the reading was begun: what was begun earlier and ends later is older */
  async #take(entry: Entry, reading: SplitReading, turn: number): Promise<void> {
    if (turn < entry.turn) return;
    entry.turn = turn;
    entry.reading = keepKnown(entry.reading, reading);
    entry.instances = standsOn(this.#instances(entry.key));
    const drift = this.#driftOf(entry);
    entry.drift = drift === null || entry.drift !== null ? drift : await this.#confirmed(entry);
  }

  /** What looks like drift may be a plan that is under way, or one whose wish has not come yet. */
  async #confirmed(entry: Entry): Promise<Drift | null> {
    const { key, dc, name } = entry;
    const { signal } = this.#end;
    try {
      if (!(await this.#parts.journal.isUnderWay(dc, name, signal))) {
        await this.#shelf.refresh(dc, name, signal);
        return this.#driftOf(entry);
      }
    } catch (error) {
      if (!(error instanceof ConsulError)) throw error;
      // Who may not read the journal has nothing but what stands; else it is looked at again.
      if (error.denied) return this.#driftOf(entry);
    }
    this.#later(key, UNDER_WAY_AGAIN_MS);
    return null;
  }

  #driftOf({ key, dc, name, reading, drift }: Entry): Drift | null {
    if (reading === null) return null;
    const sources = { dc, name, reading, wish: this.#shelf.wishOf(key) };
    return driftOf({ ...sources, previous: drift, now: this.#nowIso() });
  }

  #renew(entries: Iterable<Entry>): void {
    const changed: SplitRecord[] = [];
    for (const entry of entries) {
      if (entry.reading === null) continue;
      const record = this.#recordOf(entry);
      if (dequal(record, entry.record)) continue;
      entry.record = record;
      changed.push(record);
    }
    const put = (record: SplitRecord): Change => ({
      ...{ key: record.key, op: 'put', value: record, from: null, merged: false },
    });
    if (changed.length > 0) this.#publish(changed.map(put), changed.length === 1 ? (changed[0]?.index ?? null) : null);
  }

  #publish(changes: readonly Change[], index: number | null): void {
    this.#parts.publisher.publish('splits', { observedAt: this.#nowIso(), index, changes });
  }

  #recordOf(entry: Entry): SplitRecord {
    const { key, dc, name, reading, drift, missing, record } = entry;
    const { observed, journal } = this.#parts;
    return splitRecord({
      ...{ key, dc, name, reading, drift, missing, previous: record, instances: this.#instances(key) },
      wish: this.#shelf.wishOf(key),
      observe: (versions, mechanism) => observed.of(dc, name, versions, mechanism),
      unfinished: journal.unfinished(dc, name),
      writeRefusal: this.#gate.refusal(dc),
      nowMs: Date.parse(this.#nowIso()),
    });
  }

  /** What only time, or the journal, changes. */
  #tick(): void {
    const { consul, observed, journal } = this.#parts;
    const entries = [...this.#entries.values()];
    const datacenters = new Set(entries.map(({ dc }) => dc));
    for (const dc of datacenters) {
      const primary = consul.primaryOf(dc);
      if (this.#primaries.get(dc) === primary) continue;
      this.#primaries.set(dc, primary);
      this.touch(entries.filter((entry) => entry.dc === dc).map(({ key }) => key));
    }
    this.#renew(
      entries.filter(
        ({ dc, name, record }) =>
          record?.verdict.state === 'moving' ||
          record?.unfinished !== journal.unfinished(dc, name) ||
          record?.writeRefusal !== this.#gate.refusal(dc),
      ),
    );
    observed.follow(this.#worthCounting(entries));
    this.#after(TICK_MS, () => this.#tick());
  }

  /** Each costs Prometheus a query: those whose traffic is divided, and those that somebody looks at. */
  #worthCounting(entries: readonly Entry[]): readonly string[] {
    const divided = entries.filter(({ record }) => record?.mechanism != null).map(({ key }) => key);
    const looked = this.#parts.lookedAt().filter((key) => this.#entries.has(key));
    return [...new Set([...looked, ...divided])].slice(0, MOST_COUNTED);
  }

  #later(key: string, delayMs: number): void {
    this.#after(delayMs, () => this.touch([key]));
  }

  #after(delayMs: number, act: () => void): void {
    if (this.#end.signal.aborted) return;
    const timer = this.#parts.clock.setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, delayMs);
    this.#timers.add(timer);
  }

  #subject(dc: string, name: string): SplitSubject {
    const key = serviceKey(dc, name);
    const stages = this.#shelf.wishOf(key)?.record?.stages ?? {};
    return { dc, name, stages, instances: this.#instances(key), versionMetaKeys: this.#parts.versionMetaKeys };
  }

  #instances(key: string): readonly Instance[] {
    return this.#parts.fleet.service(key)?.instances ?? [];
  }

  #failed(error: unknown): void {
    if (error instanceof ConsulError) return;
    this.#parts.log.error({ err: error }, 'What divides the traffic of a service could not be taken in.');
  }

  #nowIso(): string {
    const { clock } = this.#parts;
    return clock.iso(clock.now());
  }
}

function newEntry(key: string, dc: string, name: string): Entry {
  return { ...{ key, dc, name, turn: 0, reading: null, drift: null, missing: null, record: null }, instances: '' };
}

/** What of a service's instances a split hangs on: the output of a check is none of it. */
function standsOn(instances: readonly Instance[]): string {
  return JSON.stringify(
    instances.map(({ key, version, weights, status, unconfirmed, checks }) => [
      ...[key, version, weights.passing, status, unconfirmed, checks.length],
    ]),
  );
}
