import type { AlertBody, AlertRecord } from '@/lib/alerts/alert-body';
import { AlertBook } from '@/lib/alerts/alert-book';
import type { AlertEdge } from '@/lib/alerts/alert-book-parts';
import type { ExpiryFacts } from '@/lib/alerts/facts';
import { serviceKey } from '@/lib/fleet/keys';
import { compareText } from '@/lib/fleet/observe-checks';
import type { Subject } from '@/lib/history/transition';
import type { AlertDesk } from '@/server/alerts/alert-desk-parts';
import type { AlertDocuments } from '@/server/alerts/alert-documents';
import type { AlertDelivery } from '@/server/alerts/delivery/delivery-parts';
import { FirstAnswers } from '@/server/alerts/first-answers';
import type { FlapBook } from '@/server/alerts/flaps/flap-book';
import type { FlapFleet, FlapWatch } from '@/server/alerts/flaps/flap-watch';
import type { FlapOwner } from '@/server/alerts/flaps/flapping-members';
import type { RulesSource } from '@/server/alerts/rules/rules-source';
import type { Clock, Timer } from '@/server/consul/clock';
import { Pause } from '@/server/consul/pause';
import type { Publisher } from '@/server/fleet/publisher';
import { Acknowledgements } from './acknowledgements';
import { AlertHistory, type AlertRecordReader, recordedSubject } from './alert-history';
import { AlertJudge } from './alert-judge';
import { AlertPublication } from './alert-publication';
import { flapInFull } from './flap-in-full';
import { FollowedDocuments } from './followed-documents';
import { ListedSilences } from './listed-silences';
import { RunningDesk } from './running-desk';
import { SavedStateKeeper } from './saved-state';
import { SentAlerts } from './sent-alerts';
import { Silences } from './silences';
import { stepsSince } from './steps-since';

export interface AlertEngineParts {
  readonly clock: Clock;
  readonly fleet: FlapFleet;
  readonly publisher: Publisher;
  readonly documents: AlertDocuments;
  readonly rules: RulesSource;
  readonly outlets: AlertDelivery;
  readonly flaps: FlapWatch;
  readonly flapBook: FlapBook;
  readonly reader: AlertRecordReader;
  /** Null: nobody looked yet. */
  expiries(): readonly ExpiryFacts[] | null;
  /** Its first read is over. */
  isSynced(dc: string): boolean;
  /** Every Consul answers: what none of them names there is not. */
  reachesAll(): boolean;
  /** By how many ms the machine's clock was set since the last time; 0: it was not. */
  clockStepMs(): number;
  /** This Lictor is the one that writes the record. */
  mayWrite(): boolean;
  recorded(subject: Subject, alert: string, from: string | null, to: string): void;
  tryRules: AlertDesk['tryRules'];
  baseUrl(): string;
  readonly replica: string;
  /** Why nobody can change anything about alerts here, a sentence; null: it can be changed. */
  readonly writeRefusal: string | null;
  /** Other services have alerts than before. */
  onHot(): void;
  /** Calls it in a later turn, when what Consul has said is taken in. */
  later(act: () => void): void;
  readonly log: { info(fields: object, sentence: string): void; warn(fields: object, sentence: string): void };
}

/** How long a turn may take before others have theirs, ms. */
const TURN_MS = 5;
/** What is due without anybody telling it is looked for so often, ms. */
const PULSE_MS = 250;
const HOUSEKEEPING_MS = 3_600_000;
/** What was open before is waited for so long at the start, ms. */
const READ_LIMIT_MS = 5_000;
/** A datacenter that Consul has not named by then since the start is gone. */
const NAMED_WITHIN_MS = 60_000;
/** Rules ask how near an end is; time alone brings it nearer. */
const EXPIRIES_EVERY_MS = 60_000;

/**
 * Runs alerts: judges what changed after each turn, publishes and sends what became of it, and writes down what has to outlive the process. Every Lictor does all
 * of it; only the one that writes the record writes it, and only the one that leads sends.
 */
export class AlertEngine {
  readonly desk: RunningDesk;
  readonly judge: AlertJudge;
  readonly #book = new AlertBook();
  readonly #history: AlertHistory;
  readonly #silences: Silences;
  readonly #acknowledgements: Acknowledgements;
  readonly #followed: FollowedDocuments;
  readonly #saved: SavedStateKeeper;
  readonly #sent: SentAlerts;
  readonly #listed: ListedSilences;
  readonly #publication: AlertPublication;
  #hot: readonly string[] = [];
  #turns: Promise<unknown> = Promise.resolve();
  #wakes = false;
  #runs = false;
  #stopped = false;
  #deadline: Timer | null = null;
  #pulse: Timer | null = null;
  #wrote = false;
  #pulses = 0;
  #slot = 0;
  /** What was open before was read, or there was nothing. */
  #restored = false;

  constructor(private readonly parts: AlertEngineParts) {
    const { documents, clock, rules, outlets, publisher, reader, log } = parts;
    // What was not read yet is not written over.
    const mayWrite = () => this.#restored && parts.mayWrite();
    const nowMs = () => this.#nowMs();
    this.#history = new AlertHistory(reader, nowMs);
    this.#acknowledgements = new Acknowledgements(documents, this.#book);
    this.#silences = new Silences(documents, this.#book, nowMs);
    this.#listed = new ListedSilences(this.#silences, () => clock.now());
    this.#publication = new AlertPublication(publisher, () => this.#nowIso(), rules.state, parts.writeRefusal);
    const read = () => this.#readWords();
    this.#followed = new FollowedDocuments({ documents, clock, log, read: () => this.#inTurn(read) });
    const present = () => ({ alerts: this.#book.saved(this.#nowMs()), flaps: parts.flaps.before });
    this.#saved = new SavedStateKeeper({ documents, clock, log, mayWrite, present });
    const silence = (id: string) => this.#silences.find(id);
    this.#sent = new SentAlerts({ book: this.#book, silence, baseUrl: parts.baseUrl });
    this.judge = new AlertJudge(rules.set.rules, {
      ...{ book: this.#book, fleet: parts.fleet, nowMs, wake: () => this.#wake(), expiries: parts.expiries },
      flapsOf: (owner) => parts.flapBook.facts(owner),
      isReady: (dc) => parts.isSynced(dc) && parts.flaps.isLooking,
    });
    this.desk = new RunningDesk({
      ...{
        book: this.#book,
        acknowledgements: this.#acknowledgements,
        silences: this.#silences,
        rules,
        outlets,
        nowMs,
      },
      ...{ history: this.#history, publication: this.#publication, firstAnswers: new FirstAnswers(documents) },
      ...{ flapOf: (alert: AlertRecord) => this.#flapOf(alert), tryRules: parts.tryRules },
      ...{ settle: () => this.#settle(), inTurn: (act) => this.#inTurn(act), nowIso: () => this.#nowIso() },
    });
  }

  /** What flapped when it was last written down. */
  async before() {
    const state = await this.#saved.read();
    return state?.flaps ?? [];
  }

  /** By the rules as they are; resolves once it judges. What cannot be read now is read later. */
  async start(): Promise<void> {
    const { rules, outlets } = this.parts;
    rules.onChange((isOther) => {
      if (isOther) this.judge.follow(rules.set.rules);
      this.#wake();
    });
    outlets.onChange((sent) => {
      for (const { id, at, what } of sent) this.#history.noteSent(id, at, what);
      this.#noteElsewhere();
      this.#wake();
    });
    this.judge.follow(rules.set.rules);
    await this.#readBefore();
    // As it was, before anything is judged: what becomes of it is a step from there.
    this.#settle();
    this.#runs = true;
    this.#wrote = this.parts.mayWrite();
    this.#beat();
    this.#wake();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of [this.#deadline, this.#pulse]) if (timer) this.parts.clock.clearTimeout(timer);
    this.#followed.stop();
    this.parts.rules.stop();
    await this.#saved.stop();
  }

  /** Keys of the services with open alerts. */
  get hotServices(): readonly string[] {
    return this.#hot;
  }

  get records(): readonly AlertRecord[] {
    return this.#book.records();
  }

  /** Something of these began or ceased to flap. */
  flapsChanged(owners: readonly FlapOwner[]): void {
    for (const owner of owners) {
      this.parts.flapBook.changed(owner);
      this.judge.flapsChanged(owner);
    }
    this.#saved.changed();
    this.#wake();
  }

  expiriesChanged(): void {
    this.judge.expiriesChanged();
  }

  /** After this turn: many causes make one judgement. */
  #wake(): void {
    if (this.#wakes || this.#stopped || !this.#runs) return;
    this.#wakes = true;
    this.parts.later(() => {
      this.#wakes = false;
      if (!this.#stopped) this.#run();
    });
  }

  #run(): void {
    const { clock } = this.parts;
    const untilMs = clock.now() + TURN_MS;
    const isDone = this.judge.judge(() => clock.now() < untilMs);
    this.#settle();
    if (!isDone) this.#wake();
  }

  /** Publishes, records and sends what became of it. */
  #settle(): void {
    const { outlets, rules } = this.parts;
    const { changed, edges } = this.#book.take(this.#nowMs());
    const items = this.#book.records();
    const hasOtherSilences = this.#listed.refresh(items, changed.length > 0);
    const listed = [...outlets.outlets].sort((a, b) => compareText(a.name, b.name));
    const present = { items, silences: this.#listed.all, outlets: listed, rules: rules.state };
    this.#publication.publish(present, changed);
    this.#record(edges);
    if (changed.length > 0 || hasOtherSilences) outlets.tell(this.#sent.all());
    if (changed.length > 0) this.#noteHot();
    if (edges.length > 0) this.#saved.changed();
    this.#awaitDeadline();
  }

  #record(edges: readonly AlertEdge[]): void {
    for (const { id, from, to } of edges) {
      if (to === 'resolved') this.#acknowledgements.over(id);
      const record = this.#book.record(id) ?? this.#book.entry(id)?.condition;
      if (!record || !isNews(record, to) || !this.parts.mayWrite()) continue;
      this.parts.recorded(recordedSubject(record.subject, this.parts.replica), id, from, to);
    }
  }

  #noteElsewhere(): void {
    const { outlets } = this.parts;
    const open = this.#book.records().filter(({ state }) => state !== 'resolved');
    const silenced = open.map(({ id }) => [id, outlets.silencedElsewhere(id)] as const);
    this.#book.setSilencedElsewhere(new Map(silenced.filter(([, all]) => all.length > 0)));
  }

  #noteHot(): void {
    const open = this.#book
      .records()
      .filter(({ state, subject }) => state !== 'resolved' && subject.kind === 'service');
    const hot = [...new Set(open.map(({ subject: { dc, name } }) => serviceKey(dc, name)))].sort();
    if (hot.join('\n') === this.#hot.join('\n')) return;
    this.#hot = hot;
    this.parts.onHot();
  }

  #awaitDeadline(): void {
    const { clock } = this.parts;
    if (this.#deadline) clock.clearTimeout(this.#deadline);
    this.#deadline = null;
    if (this.#stopped) return;
    const dueMs = this.#book.nextDeadlineMs();
    // The rest of a longer time is slept anew: the clock may be set meanwhile.
    if (dueMs !== null) {
      const delayMs = Math.min(60_000, Math.max(1, dueMs - this.#nowMs()));
      this.#deadline = clock.setTimeout(() => this.#wake(), delayMs);
    }
  }

  /** Looks for what nobody tells. */
  #beat(): void {
    const { clock, flapBook, mayWrite } = this.parts;
    if (this.#stopped) return;
    this.#pulse = clock.setTimeout(() => this.#beat(), PULSE_MS);
    this.#pulses += 1;
    this.#endSlots();
    const untilMs = clock.now() + TURN_MS;
    for (const owner of flapBook.due(() => clock.now() < untilMs)) this.judge.flapsChanged(owner);
    const { nextChangeMs } = this.#listed;
    if (nextChangeMs !== null && nextChangeMs <= this.#nowMs()) this.#silences.apply();
    if (this.#pulses % (EXPIRIES_EVERY_MS / PULSE_MS) === 0) this.judge.expiriesChanged();
    if (this.#pulses % (NAMED_WITHIN_MS / PULSE_MS) === 0) this.#settleAbsent();
    const writes = mayWrite();
    if (writes && this.#pulses % (HOUSEKEEPING_MS / PULSE_MS) === 0) this.#silences.clear();
    if (writes && !this.#wrote) void this.#takeOver();
    this.#wrote = writes;
    this.#wake();
  }

  #endSlots(): void {
    const { flapBook, flaps } = this.parts;
    const nowMs = this.#nowMs();
    const slot = Math.floor(nowMs / flaps.fastestSlotMs);
    if (slot === this.#slot) return;
    this.#slot = slot;
    flapBook.slotEnded();
  }

  /** What was open in a datacenter that went while nobody watched is over. */
  #settleAbsent(): void {
    const { fleet, reachesAll } = this.parts;
    if (!reachesAll()) return;
    const open = this.#book.records().filter(({ state }) => state !== 'resolved');
    const absent = new Set(open.map(({ subject }) => subject.dc));
    for (const dc of ['', ...fleet.datacenters()]) absent.delete(dc);
    for (const dc of absent) this.#book.settle(dc, this.#nowMs());
  }

  /** Who wrote before may not have lived to record what became of these. */
  async #takeOver(): Promise<void> {
    const before = await this.#saved.read().catch(() => null);
    if (before !== null) this.#record(stepsSince(before.alerts, this.#book.records(), this.#nowMs()));
    this.#saved.changed();
  }

  async #restore(): Promise<void> {
    const state = await this.#saved.read();
    if (state && !this.#restored) this.#book.restore(state.alerts, this.#nowMs());
    this.#restored = true;
    if (this.#runs) this.judge.settleAgain();
  }

  /** A database that does not answer keeps nobody from what is live: what it holds comes late then. */
  async #readBefore(): Promise<void> {
    const { clock, log } = this.parts;
    const restored = this.#restore().catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      log.warn({}, `What was open before cannot be read, so alerts are found anew: ${reason}`);
    });
    const limit = new Pause(clock);
    await Promise.race([restored.then(() => this.#followed.start()), limit.sleep(READ_LIMIT_MS)]);
    limit.end();
  }

  async #readWords(): Promise<void> {
    if (!this.#restored) await this.#restore();
    await this.#acknowledgements.read();
    await this.#silences.read();
    this.#wake();
  }

  #flapOf({ evidence, subject }: AlertRecord): AlertBody['flap'] {
    const { kind, dc, name } = subject;
    if (evidence.kind !== 'flapping' || (kind !== 'service' && kind !== 'node')) return null;
    const verdict = this.parts.flapBook.verdict({ kind, dc, name });
    return verdict && flapInFull(verdict);
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#turns.then(act, act);
    this.#turns = turn.catch(() => {});
    return turn;
  }

  /** By the machine's clock; that it was set is told to the book first. */
  #nowMs(): number {
    const { clock, clockStepMs } = this.parts;
    const stepMs = clockStepMs();
    const nowMs = Date.parse(clock.iso(clock.now()));
    if (stepMs !== 0) this.#book.clockSet(stepMs, nowMs);
    return nowMs;
  }

  #nowIso(): string {
    const { clock } = this.parts;
    return clock.iso(clock.now());
  }
}

/** What is pending may come to nothing: of each flip of a check the record has the flip. And that the watchdog fires is none. */
const isNews = ({ evidence }: Pick<AlertRecord, 'evidence'>, to: AlertRecord['state']): boolean =>
  to !== 'pending' && evidence.kind !== 'watchdog';
