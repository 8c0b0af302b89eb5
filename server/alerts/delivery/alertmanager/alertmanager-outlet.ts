import type { AlertRecord, Outlet } from '@/lib/alerts/alert-body';
import type { DeliveryParts } from '@/server/alerts/delivery/delivery-parts';
import { machineMs } from '@/server/alerts/delivery/machine-time';
import type { SendCounter } from '@/server/alerts/delivery/send-counter';
import type { SentAlert } from '@/server/alerts/outlet-parts';
import type { AlertmanagerSettings } from '@/server/config/alertmanager-settings';
import { backoffMs } from '@/server/consul/backoff';
import { Pause } from '@/server/consul/pause';
import { AlertLedger, type DuePost } from './alert-ledger';
import { AlertmanagerApi } from './alertmanager-api';
import { AlertmanagerSender } from './alertmanager-sender';
import { type AlertmanagerView, readView } from './alertmanager-view';
import { labelOf } from './posted-alert';
import { TheirClock } from './their-clock';

interface OutletParts extends Omit<DeliveryParts, 'documents'> {
  readonly settings: AlertmanagerSettings;
  /** Of one request. */
  readonly timeoutMs: number;
  readonly resendMs: number;
  readonly counter: SendCounter;
  /** `outlet` is another one now; these were accepted by it. */
  readonly changed: (sent: readonly DuePost[]) => void;
}

/** What comes within this is sent together. */
const TOGETHER_MS = 50;
/** How often it is looked what it has, and what is silenced there. */
const LOOK_MS = 15_000;

/** Keeps one Alertmanager at the present truth, while this process leads; and reads its silences, whoever leads. */
export class AlertmanagerOutlet {
  readonly name: string;
  readonly #parts: OutletParts;
  readonly #api: AlertmanagerApi;
  readonly #theirs: TheirClock;
  readonly #ledger: AlertLedger;
  readonly #sender: AlertmanagerSender;
  readonly #pause: Pause;
  readonly #ending = new AbortController();
  #leading: AbortController | null = null;
  #running: Promise<void> | null = null;
  #alerts: readonly SentAlert[] = [];
  /** By id. */
  #labels: ReadonlyMap<string, string> = new Map();
  #told = false;
  #failures = 0;
  #view: AlertmanagerView | null = null;
  /** It has to be looked at before something is sent. */
  #unknown = true;
  #looking: Promise<void> | null = null;
  #lookAtMs = Number.NEGATIVE_INFINITY;
  #trouble: string | null = null;
  #lookTrouble: string | null = null;
  #lastOkAt: string | null = null;
  #saidDropped = 0;

  constructor(parts: OutletParts) {
    this.#parts = parts;
    const { settings, timeoutMs, resendMs, clock, counter } = parts;
    const { host, pathname } = new URL(settings.url);
    this.name = `alertmanager ${host}${pathname === '/' ? '' : pathname}`;
    this.#theirs = new TheirClock(clock);
    this.#api = new AlertmanagerApi(settings, timeoutMs, clock, (dateMs) => this.#answered(dateMs));
    this.#ledger = new AlertLedger(resendMs);
    this.#pause = new Pause(clock);
    this.#sender = new AlertmanagerSender({
      ...{ api: this.#api, ledger: this.#ledger, clock, theirs: this.#theirs, resendMs },
      leads: () => parts.leadership.state.leads,
      accepted: (posts) => parts.changed(posts),
      sent: () => {
        counter.sent += 1;
        if (this.#failures > 0) counter.retried += 1;
      },
    });
  }

  get outlet(): Outlet {
    const reason = this.#reason;
    const known = this.#lastOkAt !== null;
    const state = reason !== null ? 'failing' : this.#leading === null ? 'idle' : known ? 'ok' : 'starting';
    return {
      ...{ name: this.name, kind: 'alertmanager', url: this.#parts.settings.url, state, reason },
      ...{ lastOkAt: this.#lastOkAt, waiting: this.#leading === null ? 0 : this.#ledger.waiting, deadLetters: 0 },
      silences: this.#view?.silences ?? [],
    };
  }

  silencedElsewhere(id: string): AlertRecord['silencedElsewhere'] {
    return this.#view?.silencedElsewhere.get(this.#labels.get(id) ?? id) ?? [];
  }

  tell(alerts: readonly SentAlert[]): void {
    this.#alerts = alerts;
    this.#labels = new Map(alerts.map((alert) => [alert.record.id, labelOf(alert)]));
    this.#told = true;
    // While it fails a change is no reason to ask sooner.
    if (this.#failures === 0) this.#pause.end();
  }

  start(): void {
    this.#running = this.#run();
  }

  lead(): void {
    this.#leading = new AbortController();
    this.#ledger.forget();
    this.#unknown = true;
    this.#failures = 0;
    this.#pause.end();
  }

  follow(): void {
    this.#leading?.abort();
    this.#leading = null;
    this.#failures = 0;
    this.#pause.end();
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    this.#leading?.abort();
    this.#pause.end();
    await this.#running;
    await this.#looking;
  }

  async #run(): Promise<void> {
    const { clock, random } = this.#parts;
    while (!this.#ending.signal.aborted) {
      const waitMs = await this.#turn();
      if (this.#ending.signal.aborted) return;
      if (waitMs === null) await this.#pause.sleep(backoffMs(this.#failures, random()));
      else if (waitMs > 0 && !this.#told) await this.#pause.sleep(waitMs);
      if (this.#told && this.#failures === 0) await new Promise<void>((go) => clock.setTimeout(go, TOGETHER_MS));
    }
  }

  /** @returns after how many ms there is something to do; null: it failed */
  async #turn(): Promise<number | null> {
    const { clock, counter } = this.#parts;
    const leading = this.#leading;
    const { signal } = leading ?? this.#ending;
    this.#told = false;
    try {
      if (leading === null || !this.#unknown) this.#lookAside();
      else await this.#look(signal);
      if (leading === null) return this.#nextLookMs;
      await this.#sender.send(this.#alerts, signal);
      this.#well();
      this.#sayDropped();
      return Math.max(1, Math.min(this.#ledger.nextDueMs() - clock.now(), this.#nextLookMs));
    } catch (error) {
      // Whoever leads no more has not failed.
      if (signal.aborted) return 0;
      counter.failed += 1;
      this.#failures += 1;
      this.#unknown = true;
      this.#failed((error as Error).message);
      return null;
    }
  }

  /** Beside what is sent, which does not wait for it. */
  #lookAside(): void {
    const { clock } = this.#parts;
    if (this.#looking !== null || this.#lookAtMs > clock.now()) return;
    this.#looking = this.#look(this.#ending.signal)
      .catch((error: Error) => {
        this.#lookAtMs = clock.now() + LOOK_MS;
        if (!this.#ending.signal.aborted) this.#lookTrouble = `it cannot be read what it has: ${error.message}`;
      })
      .finally(() => {
        this.#looking = null;
        this.#parts.changed([]);
        // What it lacks is due now.
        this.#told = true;
        if (this.#failures === 0) this.#pause.end();
      });
  }

  /** While it is looked its end wakes whoever waits. */
  get #nextLookMs(): number {
    return this.#looking === null ? Math.max(1, this.#lookAtMs - this.#parts.clock.now()) : LOOK_MS;
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { clock } = this.#parts;
    const askedAtMs = clock.now();
    const writesBefore = this.#sender.silenceWrites;
    const view = await readView(this.#api, this.name, signal);
    this.#view = view;
    this.#lookTrouble = null;
    this.#lookAtMs = clock.now() + LOOK_MS;
    this.#sender.adopt(view, writesBefore);
    if (this.#leading === null) return;
    this.#ledger.tell(this.#alerts, clock.now(), machineMs(clock));
    this.#ledger.looked(
      { firing: view.firing, startedAtMs: this.#theirs.here(view.startedAtMs), askedAtMs },
      clock.now(),
    );
    this.#unknown = false;
  }

  get #reason(): string | null {
    const text = this.#trouble ?? (this.#leading === null ? null : this.#ledger.refusal) ?? this.#lookTrouble;
    return text === null ? null : `${this.#parts.settings.url} is not as it should be: ${text}.`;
  }

  /** It was out of reach for longer than ends are held. */
  #sayDropped(): void {
    const { droppedEnds } = this.#ledger;
    if (droppedEnds > this.#saidDropped) {
      this.#parts.log.warn(
        { outlet: this.name },
        `${this.#parts.settings.url} will not hear that ${droppedEnds - this.#saidDropped} alerts have ended: they are held for a day, and 10,000 at most. There they have ended by themselves.`,
      );
    }
    this.#saidDropped = droppedEnds;
  }

  #well(): void {
    const { clock, log } = this.#parts;
    const wasFailing = this.#trouble !== null;
    this.#failures = 0;
    this.#trouble = null;
    this.#lastOkAt = clock.iso(clock.now());
    if (wasFailing)
      log.info({ outlet: this.name }, 'Alertmanager takes alerts again; it has been told the present ones.');
    this.#parts.changed([]);
  }

  #failed(reason: string): void {
    const isNew = this.#trouble === null;
    this.#trouble = reason;
    if (isNew) {
      this.#parts.log.warn(
        { outlet: this.name },
        `${this.#parts.settings.url} was not told the alerts: ${reason}. They are kept and told as soon as it answers.`,
      );
    }
    this.#parts.changed([]);
  }

  #answered(dateMs: number): void {
    if (!this.#theirs.answered(dateMs)) return;
    const seconds = Math.round(this.#theirs.aheadMs / 1_000);
    this.#parts.log.warn(
      { outlet: this.name },
      `The clock of ${this.#parts.settings.url} differs from this machine's by ${seconds} s; what it is told is told by its clock. Set both by one time server.`,
    );
  }
}
