import { serviceKey } from '@/lib/fleet/keys';
import type { Holder, Intent } from '@/lib/release/journal/intent';
import { intentKey } from '@/lib/release/journal/journal-keys';
import type { Clock } from '@/server/consul/clock';
import { Pause } from '@/server/consul/pause';
import type { ReleaseConsul } from '@/server/release/release-consul';
import type { Writers } from '@/server/release/writer';
import { atOnce } from './at-once';
import { DOUBT_MS } from './fate';
import { HeldIntent, TakenOver } from './held-intent';
import { IntentStore, type StoredIntent } from './intent-store';
import { strangeSentence } from './outcome-sentences';
import { pendingSentence, type Resolution, resolutionOf } from './resolution';
import { resolvePlan } from './resolve-plan';
import { MARGIN_MS, type Takeover, takeoverOf } from './takeover';
import { TimeLimit } from './time-limit';

export interface RecoveryOptions {
  readonly consul: ReleaseConsul;
  readonly writers: Writers;
  readonly clock: Clock;
  readonly self: Holder;
  /** Plans that this process carries out now are not its business. */
  readonly executor: { isAt(intentId: string): boolean };
  /** As of now. */
  readonly leads: () => boolean;
  /** From one look to the next, ms; 10,000. */
  readonly everyMs?: number;
  /** For one plan, ms; 30,000. */
  readonly limitMs?: number;
  /** After the deadline of another's plan, ms; 10,000. */
  readonly marginMs?: number;
  /** So long a failed request may still be carried out, ms; 10,000. */
  readonly doubtMs?: number;
}

/** Looks for plans that were begun and left, and brings each to its end: all after, or all before. */
export class Recovery {
  readonly #options: RecoveryOptions;
  readonly #store: IntentStore;
  readonly #pause: Pause;
  readonly #end = new AbortController();
  readonly #onResolved: ((resolution: Resolution) => void)[] = [];
  readonly #onChange: (() => void)[] = [];
  #unfinished: ReadonlyMap<string, string> = new Map();
  #problem: string | null = null;
  #isWoken = false;
  #running: Promise<void> | undefined;

  constructor(options: RecoveryOptions) {
    this.#options = options;
    this.#store = new IntentStore(options.consul);
    this.#pause = new Pause(options.clock);
  }

  /** Why the journal cannot be read now, a sentence; null: it can, or was not looked at yet. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Of a plan of this service that was left and is not over, a sentence; null: there is none. */
  unfinished(dc: string, service: string): string | null {
    return this.#unfinished.get(serviceKey(dc, service)) ?? null;
  }

  /** Told of each plan that it has brought to its end. */
  onResolved(listener: (resolution: Resolution) => void): void {
    this.#onResolved.push(listener);
  }

  /** Told when `unfinished` or `problem` says something else. */
  onChange(listener: () => void): void {
    this.#onChange.push(listener);
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Looks now: leadership was won, a plan was left, the journal has changed. */
  wake(): void {
    this.#isWoken = true;
    this.#pause.end();
  }

  /** What it was at is left for whoever starts next. */
  async stop(): Promise<void> {
    this.#end.abort();
    this.#pause.end();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { everyMs = 10_000 } = this.#options;
    while (!this.#end.signal.aborted) {
      this.#isWoken = false;
      await this.#look();
      if (!this.#isWoken && !this.#end.signal.aborted) await this.#pause.sleep(everyMs);
    }
  }

  async #look(): Promise<void> {
    if (this.#store.home === null) return;
    try {
      const found = await this.#store.all(this.#end.signal);
      const pending = new Map<string, string>();
      const taken: [StoredIntent, Takeover][] = [];
      for (const stored of found) {
        if (stored.intent === null) pending.set(stored.service, strangeSentence(stored.key));
        else if (!this.#options.executor.isAt(stored.intent.id)) this.#sort(stored, pending, taken);
      }
      this.#tell(pending, null);
      await atOnce(taken, ([stored, takeover]) => this.#resolve(stored, takeover));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (!this.#end.signal.aborted) this.#tell(this.#unfinished, error.message);
    }
  }

  #sort(stored: StoredIntent, pending: Map<string, string>, taken: [StoredIntent, Takeover][]): void {
    const { self, leads, clock, marginMs = MARGIN_MS } = this.#options;
    const { intent } = stored;
    const wallMs = Date.parse(clock.iso(clock.now()));
    const takeover = takeoverOf(intent, { self, leads: leads(), wallMs, marginMs });
    const isLate = wallMs > Date.parse(intent.deadlineAt);
    if (takeover !== 'not') {
      taken.push([stored, takeover]);
      pending.set(keyOf(intent), pendingSentence(intent, 'Lictor completes it or takes it back now.'));
    } else if (isLate || intent.trouble !== null) {
      const next = `The Lictor that leads completes it or takes it back after ${intent.deadlineAt}.`;
      pending.set(keyOf(intent), pendingSentence(intent, next));
    }
  }

  async #resolve(stored: StoredIntent, takeover: Takeover): Promise<void> {
    const { clock, self, limitMs = 30_000, doubtMs = DOUBT_MS } = this.#options;
    const limit = new TimeLimit(clock, limitMs, this.#end.signal);
    const { signal } = limit;
    const before = stored.intent;
    const held = new HeldIntent(this.#store, stored);
    try {
      await held.change({ holder: self, deadlineAt: clock.iso(limit.untilMs) }, signal);
      const doubtUntilMs = takeover === 'at-once' ? clock.now() + doubtMs : 0;
      const resolution = await this.#bring(held, before, doubtUntilMs, signal);
      this.#forget(before);
      for (const listener of this.#onResolved) listener(resolution);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (error instanceof TakenOver || this.#end.signal.aborted) return;
      await this.#keep(held, error.message);
    } finally {
      limit.clear();
    }
  }

  async #bring(held: HeldIntent, before: Intent, doubtUntilMs: number, signal: AbortSignal): Promise<Resolution> {
    const { writers, clock } = this.#options;
    if (before.phase === 'preparing') {
      await held.end(null, signal);
      return resolutionOf(before, 'before', []);
    }
    const plan = await this.#store.plan(before, signal);
    const { at, left } = await resolvePlan({ held, plan, writers, clock, doubtUntilMs, signal });
    await held.end(at === 'after' ? plan.wish : null, signal);
    return resolutionOf({ ...before, trouble: held.intent.trouble }, at, left);
  }

  /** It is tried again at the next look; the others are told why it is not over, where they can be. */
  async #keep(held: HeldIntent, trouble: string): Promise<void> {
    await held.atRest();
    const { intent } = held;
    const next = `Lictor tries again every 10 s. Where that cannot help, look at what it names, and delete the key ${intentKey(intent.dc, intent.service)}.`;
    const sentence = pendingSentence({ ...intent, trouble }, next);
    this.#tell(new Map(this.#unfinished).set(keyOf(intent), sentence), this.#problem);
    if (intent.trouble === trouble) return;
    await held.change({ trouble }, this.#end.signal).catch(() => {
      // The sentence is told here; where the journal cannot be written now it is written at the next attempt.
    });
  }

  #forget(intent: Intent): void {
    const rest = new Map(this.#unfinished);
    rest.delete(keyOf(intent));
    this.#tell(rest, this.#problem);
  }

  #tell(unfinished: ReadonlyMap<string, string>, problem: string | null): void {
    const isSame = problem === this.#problem && text(unfinished) === text(this.#unfinished);
    this.#unfinished = unfinished;
    this.#problem = problem;
    if (!isSame) for (const listener of this.#onChange) listener();
  }
}

const keyOf = ({ dc, service }: Intent): string => serviceKey(dc, service);
const text = (sentences: ReadonlyMap<string, string>): string => JSON.stringify([...sentences]);
