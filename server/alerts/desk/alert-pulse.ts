import type { AlertBook } from '@/lib/alerts/alert-book';
import type { Timer } from '@/server/consul/clock';
import type { AlertEngineParts } from './alert-engine-parts';
import type { AlertJudge } from './alert-judge';
import type { ListedSilences } from './listed-silences';
import type { Silences } from './silences';

/** What is due without anybody telling it is looked for so often, ms. */
const PULSE_MS = 250;
/** How long a look at flapping may take before others have their turn, ms. */
const TURN_MS = 5;
const HOUSEKEEPING_MS = 3_600_000;
/** A datacenter that Consul has not named by then since the start is gone. */
const NAMED_WITHIN_MS = 60_000;
/** Rules ask how near an end is; time alone brings it nearer. */
const EXPIRIES_EVERY_MS = 60_000;

export interface AlertPulseParts
  extends Pick<AlertEngineParts, 'clock' | 'fleet' | 'flaps' | 'flapBook' | 'reachesAll' | 'mayWrite'> {
  readonly book: Pick<AlertBook, 'records' | 'settle'>;
  readonly judge: Pick<AlertJudge, 'flapsChanged' | 'expiriesChanged'>;
  readonly listed: Pick<ListedSilences, 'nextChangeMs'>;
  readonly silences: Pick<Silences, 'apply' | 'clear'>;
  nowMs(): number;
  /** This Lictor writes the record from now on. */
  onTakeOver(): void;
  onBeat(): void;
}

/** Looks for what nobody tells: what time alone brings, and who writes. */
export class AlertPulse {
  #timer: Timer | null = null;
  #beats = 0;
  #slot = 0;
  #wrote = false;
  #stopped = false;

  constructor(private readonly parts: AlertPulseParts) {}

  start(): void {
    this.#wrote = this.parts.mayWrite();
    this.#beat();
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer) this.parts.clock.clearTimeout(this.#timer);
  }

  #beat(): void {
    const { clock, flapBook, judge, listed, silences, mayWrite, nowMs, onTakeOver, onBeat } = this.parts;
    if (this.#stopped) return;
    this.#timer = clock.setTimeout(() => this.#beat(), PULSE_MS);
    this.#beats += 1;
    this.#endSlots();
    const untilMs = clock.now() + TURN_MS;
    for (const owner of flapBook.due(() => clock.now() < untilMs)) judge.flapsChanged(owner);
    if (listed.nextChangeMs !== null && listed.nextChangeMs <= nowMs()) silences.apply();
    if (this.#isTimeFor(EXPIRIES_EVERY_MS)) judge.expiriesChanged();
    if (this.#isTimeFor(NAMED_WITHIN_MS)) this.#settleAbsent();
    const writes = mayWrite();
    if (writes && this.#isTimeFor(HOUSEKEEPING_MS)) silences.clear();
    if (writes && !this.#wrote) onTakeOver();
    this.#wrote = writes;
    onBeat();
  }

  #isTimeFor(everyMs: number): boolean {
    return this.#beats % (everyMs / PULSE_MS) === 0;
  }

  #endSlots(): void {
    const { flapBook, flaps, nowMs } = this.parts;
    const slot = Math.floor(nowMs() / flaps.fastestSlotMs);
    if (slot === this.#slot) return;
    this.#slot = slot;
    flapBook.slotEnded();
  }

  /** What was open in a datacenter that went while nobody watched is over. */
  #settleAbsent(): void {
    const { fleet, book, reachesAll, nowMs } = this.parts;
    if (!reachesAll()) return;
    const open = book.records().filter(({ state }) => state !== 'resolved');
    const absent = new Set(open.map(({ subject }) => subject.dc));
    for (const dc of ['', ...fleet.datacenters()]) absent.delete(dc);
    for (const dc of absent) book.settle(dc, nowMs());
  }
}
