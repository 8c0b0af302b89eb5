import { FlapDetector } from '@/lib/flapping/flap-detector';
import type { RecordedTransition, Transition } from '@/lib/history/transition';
import type { Clock, Timer } from '@/server/consul/clock';
import type { FlapBefore, FlapRecord } from './flap-record';
import type { FlapSettingsInForce } from './flap-settings-in-force';
import { readRecordedFlaps } from './recorded-flaps';

/** More is not held back while the record is read: then it begins without it. */
const MOST_HELD = 50_000;
/** The record is given so long, ms. */
const READ_LIMIT_MS = 30_000;

/** What happens to a detector. */
type Happening =
  | { readonly what: 'transition'; readonly transition: Transition }
  | { readonly what: 'gap-begins' | 'gap-ends'; readonly dc: string; readonly atMs: number };

export interface FlapStartOptions {
  readonly settings: FlapSettingsInForce;
  readonly record: FlapRecord;
  before(): Promise<readonly FlapBefore[]>;
  readonly clock: Clock;
  /** By the machine's clock. */
  nowMs(): number;
  onRecorded(transition: RecordedTransition): void;
}

/**
 * A detector on its way: what the record holds is told to it first, and what is seen meanwhile waits. Of each datacenter the record speaks until it is live, and
 * what is seen live from then on.
 */
export class FlapStart {
  readonly settings: FlapSettingsInForce;
  readonly #liveFromMs = new Map<string, number>();
  #held: Happening[] | null = [];

  constructor(private readonly options: FlapStartOptions) {
    this.settings = options.settings;
  }

  /** A datacenter is watched from here on. */
  live(dc: string, atMs: number): void {
    if (this.#liveFromMs.has(dc)) this.#hold({ what: 'gap-ends', dc, atMs });
    else this.#liveFromMs.set(dc, atMs);
  }

  gapBegins(dc: string, atMs: number): void {
    if (this.#liveFromMs.has(dc)) this.#hold({ what: 'gap-begins', dc, atMs });
  }

  observe(transition: Transition): void {
    const { dc } = transition.subject;
    if (dc === '' || this.#liveFromMs.has(dc)) this.#hold({ what: 'transition', transition });
  }

  /** Resolves with a detector that knows all of it. `unread`: why it begins without the record, a sentence; null: it does not. */
  async run(): Promise<{ readonly detector: FlapDetector; readonly unread: string | null }> {
    let unread: string | null = null;
    let detector = this.#newDetector();
    try {
      await this.#readWithin(detector);
      if (this.#held === null) throw new Error('Too much happened while the record was read.');
    } catch (error) {
      unread = error instanceof Error ? error.message : String(error);
      detector = this.#newDetector();
    }
    this.#goLive(detector);
    return { detector, unread };
  }

  #newDetector(): FlapDetector {
    const { settingsOf, widestSlotMs } = this.settings;
    return new FlapDetector(settingsOf, widestSlotMs);
  }

  async #readWithin(detector: FlapDetector): Promise<void> {
    const { clock } = this.options;
    let limit: Timer | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      limit = clock.setTimeout(() => reject(new Error('The record was not read in time.')), READ_LIMIT_MS);
    });
    try {
      await Promise.race([this.#read(detector), tooLong]);
    } finally {
      if (limit) clock.clearTimeout(limit);
    }
  }

  async #read(detector: FlapDetector): Promise<void> {
    const { record, settings, before, nowMs, onRecorded } = this.options;
    if (!(await record.settled())) throw new Error('The record is not written now.');
    await readRecordedFlaps({
      ...{ record, detector, widestSlotMs: settings.widestSlotMs, before: await before(), nowMs: nowMs() },
      liveFromMs: (dc) => this.#liveFromMs.get(dc),
      onTransition: onRecorded,
    });
  }

  #goLive(detector: FlapDetector): void {
    for (const [dc, atMs] of this.#liveFromMs) detector.gapEnds(dc, atMs);
    for (const happening of this.#held ?? []) {
      if (happening.what === 'transition') detector.observe(happening.transition);
      else if (happening.what === 'gap-begins') detector.gapBegins(happening.dc, happening.atMs);
      else detector.gapEnds(happening.dc, happening.atMs);
    }
    this.#held = null;
  }

  /** Whether a datacenter was live already. */
  isLive(dc: string): boolean {
    return this.#liveFromMs.has(dc);
  }

  #hold(happening: Happening): void {
    if (this.#held !== null && this.#held.push(happening) > MOST_HELD) this.#held = null;
  }
}
