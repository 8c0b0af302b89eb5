import type { SentAlert } from '@/server/alerts/outlet-parts';
import { labelOf, textOf } from './posted-alert';

/** One alert to be posted. */
export interface DuePost {
  readonly alert: SentAlert;
  /** Null: it fires on. */
  readonly endedAtMs: number | null;
  /** It has not been accepted as this before, so its history tells it. */
  readonly isNews: boolean;
  readonly text: string;
}

/** What an Alertmanager said about itself. */
export interface AlertmanagerLook {
  /** Lictor's alerts that fire there, by the label that names them. */
  readonly firing: ReadonlySet<string>;
  /** Since when it runs, by the machine's clock here. */
  readonly startedAtMs: number;
  /** When it was asked, as `nowMs`. */
  readonly askedAtMs: number;
}

interface Firing {
  alert: SentAlert;
  text: string;
  /** What was accepted last; null: nothing that it still has. */
  accepted: { readonly text: string; readonly atMs: number } | null;
  refused: { readonly text: string; readonly atMs: number; readonly reason: string } | null;
  /** It was accepted once, or is there from a former leader's time. */
  told: boolean;
  /** It was posted: it may be there though nobody heard that it was accepted. */
  tried: boolean;
}

interface Ended {
  readonly alert: SentAlert;
  readonly endedAtMs: number;
  readonly heldSinceMs: number;
  refused: { readonly atMs: number; readonly reason: string } | null;
}

/** Ends that are not accepted are held so long, and so many of them. */
const MOST_ENDS = 10_000;
const HOLD_END_MS = 24 * 3_600_000;
/** An alert that only tells more of the same (another count in its annotations) is not told again sooner. */
const SAME_AGAIN_MS = 5_000;

/**
 * What one Alertmanager has accepted, beside what is to be there: what differs is due. Pure; times are ms since 1970, those of what it does by a
 * clock that nobody sets (`nowMs`), those of alerts by the machine's.
 *
 * Before the first look (`looked`) nothing is due, and what ended is in doubt: a former leader may have told it. After that an end is due until it is accepted.
 */
export class AlertLedger {
  readonly #firing = new Map<string, Firing>();
  readonly #ended = new Map<string, Ended>();
  /** Ends that were accepted, or that it found out by itself; as long as they are told. */
  readonly #settled = new Set<string>();
  #doubtful: SentAlert[] = [];
  #looked = false;
  /** Ends that nobody will hear of any more: it was out of reach for too long. */
  droppedEnds = 0;

  /** @param resendMs what fires is due again so long after it was accepted */
  constructor(private readonly resendMs: number) {}

  /** Nothing is known of what it has: another has sent to it, or will. */
  forget(): void {
    for (const firing of this.#firing.values()) {
      Object.assign(firing, { accepted: null, refused: null, told: false, tried: false });
    }
    this.#ended.clear();
    this.#settled.clear();
    this.#doubtful = [];
    this.#looked = false;
  }

  /** The whole present truth. @param machineMs now, by the machine's clock */
  tell(alerts: readonly SentAlert[], nowMs: number, machineMs = nowMs): void {
    const before = new Map(this.#firing);
    const ends: SentAlert[] = [];
    for (const alert of alerts) {
      if (alert.resolvedAtMs !== null) ends.push(alert);
      else {
        before.delete(alert.record.id);
        this.#fires(alert);
      }
    }
    this.#settle(ends);
    for (const alert of ends) before.delete(this.#ends(alert, alert.resolvedAtMs ?? nowMs, nowMs));
    // What is not told any more does not fire on its own any more: a greater one has its cause.
    for (const [id, { alert, told, tried }] of before) {
      this.#firing.delete(id);
      if ((told || tried) && this.#looked) this.#hold(alert, machineMs, nowMs);
    }
    this.#drop(nowMs);
  }

  /** What it says that it has. What was accepted after it was asked is not missed. */
  looked({ firing, startedAtMs, askedAtMs }: AlertmanagerLook, nowMs: number): void {
    for (const one of this.#firing.values()) {
      if (firing.has(labelOf(one.alert))) one.told = true;
      else if (one.accepted !== null && one.accepted.atMs < askedAtMs) one.accepted = null;
    }
    if (this.#looked) return;
    this.#looked = true;
    for (const alert of this.#doubtful) {
      // One that ran when it fired, and does not have it firing, has ended it. One that was started since may have forgotten it before anybody was told its end.
      if (firing.has(labelOf(alert)) || startedAtMs > alert.firedAtMs) {
        this.#hold(alert, alert.resolvedAtMs ?? nowMs, nowMs);
      } else this.#settled.add(keyOf(alert));
    }
    this.#doubtful = [];
  }

  /** To be posted now, ends first: one that fires again has ended before. */
  due(nowMs: number): readonly DuePost[] {
    if (!this.#looked) return [];
    const ends = [...this.#ended.values()]
      .filter(({ refused }) => refused === null || refused.atMs + this.resendMs <= nowMs)
      .map(({ alert, endedAtMs }) => ({ alert, endedAtMs, isNews: true, text: textOf(alert) }));
    const firing = [...this.#firing.values()]
      .filter((one) => this.#dueAtMs(one) <= nowMs)
      .map(({ alert, text, told }) => ({ alert, endedAtMs: null, isNews: !told, text }));
    return [...ends, ...firing];
  }

  /** When something is due that is not yet. */
  nextDueMs(): number {
    if (!this.#looked) return Number.POSITIVE_INFINITY;
    let next = Number.POSITIVE_INFINITY;
    for (const one of this.#firing.values()) next = Math.min(next, this.#dueAtMs(one));
    for (const { refused } of this.#ended.values()) {
      next = Math.min(next, refused === null ? 0 : refused.atMs + this.resendMs);
    }
    return next;
  }

  /** These are on their way. */
  trying(posts: readonly DuePost[]): void {
    for (const { alert, endedAtMs } of posts) {
      const firing = endedAtMs === null ? this.#firing.get(alert.record.id) : undefined;
      if (firing !== undefined) firing.tried = true;
    }
  }

  accept({ alert, endedAtMs, text }: DuePost, atMs: number): void {
    const { id } = alert.record;
    if (endedAtMs !== null) {
      if (this.#ended.delete(keyOf(alert)) && alert.resolvedAtMs !== null) this.#settled.add(keyOf(alert));
      return;
    }
    const firing = this.#firing.get(id);
    // It ended while it was on its way, or fires anew: that is due already.
    if (firing?.alert.firedAtMs !== alert.firedAtMs) return;
    Object.assign(firing, { accepted: { text, atMs }, refused: null, told: true });
    // An end of before, told now, would end this one.
    for (const [key, ended] of this.#ended) if (ended.alert.record.id === id) this.#ended.delete(key);
  }

  /** It will not have this one; it is due again when it has changed, or after a while. @param reason the end of a sentence */
  refuse({ alert, endedAtMs, text }: DuePost, reason: string, atMs: number): void {
    const ended = endedAtMs === null ? undefined : this.#ended.get(keyOf(alert));
    if (ended !== undefined) ended.refused = { atMs, reason };
    const firing = endedAtMs === null ? this.#firing.get(alert.record.id) : undefined;
    if (firing !== undefined) firing.refused = { text, atMs, reason };
  }

  /** One that it will not have and why, the end of a sentence; null: it takes all. */
  get refusal(): string | null {
    for (const { alert, text, refused } of this.#firing.values()) {
      if (refused?.text === text) return `it does not take ${alert.record.id}: ${refused.reason}`;
    }
    for (const { alert, refused } of this.#ended.values()) {
      if (refused !== null) return `it does not take the end of ${alert.record.id}: ${refused.reason}`;
    }
    return null;
  }

  /** What it should have and has not. */
  get waiting(): number {
    const firing = [...this.#firing.values()].filter(({ accepted }) => accepted === null).length;
    return firing + this.#ended.size;
  }

  #fires(alert: SentAlert): void {
    const { id } = alert.record;
    const present = this.#firing.get(id);
    if (present?.alert === alert) return;
    const text = textOf(alert);
    if (present?.alert.firedAtMs === alert.firedAtMs) Object.assign(present, { alert, text });
    else {
      const tried = present !== undefined && (present.told || present.tried);
      this.#firing.set(id, { alert, text, accepted: null, refused: null, told: false, tried });
      this.#ended.delete(keyOf(alert));
    }
  }

  /** @returns its id */
  #ends(alert: SentAlert, endedAtMs: number, nowMs: number): string {
    const { id } = alert.record;
    const key = keyOf(alert);
    this.#firing.delete(id);
    if (this.#settled.has(key) || this.#ended.has(key)) return id;
    if (this.#looked) this.#hold(alert, endedAtMs, nowMs);
    else this.#doubtful.push(alert);
    return id;
  }

  #hold(alert: SentAlert, endedAtMs: number, nowMs: number): void {
    this.#ended.set(keyOf(alert), { alert, endedAtMs, heldSinceMs: nowMs, refused: null });
  }

  /** Of what is not told any more nothing has to be remembered. */
  #settle(ends: readonly SentAlert[]): void {
    const told = new Set(ends.map(keyOf));
    for (const key of this.#settled) if (!told.has(key)) this.#settled.delete(key);
    this.#doubtful = [];
  }

  #drop(nowMs: number): void {
    // A map keeps its order: the one that is held longest comes first.
    for (const [key, { alert, heldSinceMs }] of this.#ended) {
      if (this.#ended.size <= MOST_ENDS && nowMs - heldSinceMs < HOLD_END_MS) return;
      this.#ended.delete(key);
      this.#settled.add(key);
      this.droppedEnds += alert.resolvedAtMs === null ? 0 : 1;
    }
  }

  #dueAtMs({ text, accepted, refused }: Firing): number {
    if (refused?.text === text) return refused.atMs + this.resendMs;
    if (accepted === null) return 0;
    return accepted.atMs + (accepted.text === text ? this.resendMs : Math.min(SAME_AGAIN_MS, this.resendMs));
  }
}

/** One time that an alert fired. */
const keyOf = ({ record, firedAtMs }: SentAlert): string => `${record.id}\n${firedAtMs}`;
