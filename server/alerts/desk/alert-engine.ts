import type { AlertBody, AlertRecord } from '@/lib/alerts/alert-body';
import { AlertBook } from '@/lib/alerts/alert-book';
import { compareText } from '@/lib/fleet/observe-checks';
import { FirstAnswers } from '@/server/alerts/first-answers';
import type { FlapOwner } from '@/server/alerts/flaps/flapping-members';
import type { Timer } from '@/server/consul/clock';
import { Acknowledgements } from './acknowledgements';
import type { AlertEngineParts } from './alert-engine-parts';
import { AlertHistory } from './alert-history';
import { AlertJudge } from './alert-judge';
import { AlertPublication } from './alert-publication';
import { AlertPulse } from './alert-pulse';
import { flapInFull } from './flap-in-full';
import { FollowedDocuments } from './followed-documents';
import { HotServices } from './hot-services';
import { ListedSilences } from './listed-silences';
import { RecordedSteps } from './recorded-steps';
import { RestoredBook } from './restored-book';
import { RunningDesk } from './running-desk';
import { SavedStateKeeper } from './saved-state';
import { SentAlerts } from './sent-alerts';
import { Silences } from './silences';
import { stepsSince } from './steps-since';

/** How long a turn may take before others have theirs, ms. */
const TURN_MS = 5;

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
  readonly #restored: RestoredBook;
  readonly #pulse: AlertPulse;
  readonly #steps: RecordedSteps;
  readonly #hot: HotServices;
  #turns: Promise<unknown> = Promise.resolve();
  #wakes = false;
  #runs = false;
  #stopped = false;
  #deadline: Timer | null = null;

  constructor(private readonly parts: AlertEngineParts) {
    const { documents, clock, rules, outlets, publisher, reader, log } = parts;
    // What was not read yet is not written over.
    const mayWrite = () => this.#restored.isRead && parts.mayWrite();
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
    this.#restored = new RestoredBook({
      ...{ book: this.#book, saved: this.#saved, clock, log, nowMs },
      onRestored: () => {
        if (this.#runs) this.judge.settleAgain();
      },
    });
    this.#steps = new RecordedSteps(this.#book, parts);
    this.#hot = new HotServices(parts.onHot);
    const silence = (id: string) => this.#silences.find(id);
    this.#sent = new SentAlerts({ book: this.#book, silence, baseUrl: parts.baseUrl });
    this.judge = new AlertJudge(rules.set.rules, {
      ...{ book: this.#book, fleet: parts.fleet, nowMs, wake: () => this.#wake(), expiries: parts.expiries },
      flapsOf: (owner) => parts.flapBook.facts(owner),
      isReady: (dc) => parts.isSynced(dc) && parts.flaps.isLooking,
    });
    this.#pulse = new AlertPulse({
      ...parts,
      ...{ book: this.#book, judge: this.judge, listed: this.#listed, silences: this.#silences, nowMs },
      ...{ onTakeOver: () => void this.#takeOver(), onBeat: () => this.#wake() },
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
    await this.#restored.readBefore(() => this.#followed.start());
    // As it was, before anything is judged: what becomes of it is a step from there.
    this.#settle();
    this.#runs = true;
    this.#pulse.start();
    this.#wake();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#deadline) this.parts.clock.clearTimeout(this.#deadline);
    this.#pulse.stop();
    this.#followed.stop();
    this.parts.rules.stop();
    await this.#saved.stop();
  }

  /** Keys of the services with open alerts. */
  get hotServices(): readonly string[] {
    return this.#hot.keys;
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
    for (const { id, to } of edges) if (to === 'resolved') this.#acknowledgements.over(id);
    this.#steps.write(edges);
    if (changed.length > 0 || hasOtherSilences) outlets.tell(this.#sent.all());
    if (changed.length > 0) this.#hot.note(items);
    if (edges.length > 0) this.#saved.changed();
    this.#awaitDeadline();
  }

  #noteElsewhere(): void {
    const { outlets } = this.parts;
    const open = this.#book.records().filter(({ state }) => state !== 'resolved');
    const silenced = open.map(({ id }) => [id, outlets.silencedElsewhere(id)] as const);
    this.#book.setSilencedElsewhere(new Map(silenced.filter(([, all]) => all.length > 0)));
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

  /** Who wrote before may not have lived to record what became of these. */
  async #takeOver(): Promise<void> {
    const before = await this.#saved.read().catch(() => null);
    if (before !== null) this.#steps.write(stepsSince(before.alerts, this.#book.records(), this.#nowMs()));
    this.#saved.changed();
  }

  async #readWords(): Promise<void> {
    await this.#restored.read();
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
