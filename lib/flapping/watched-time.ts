import { type Span, unseenMs } from '@/lib/history/gap-time';
import { SLOTS } from './flap-score';
import { KEPT_SLOTS, type SlotBits } from './slot-strip';

/** Which part of a datacenter's time was watched. Times are ms since 1970; what was before the first of them is unknown. */
export class WatchedTime {
  /** In order, without overlap; only the last may have no end. */
  #gaps: { fromMs: number; toMs: number | null }[];
  /** By the width of the slots. What is unknown of a slot follows from its gaps alone, not from when it is asked for. */
  readonly #unknown = new Map<number, { readonly head: number; readonly bits: SlotBits }>();

  constructor(
    /** Until when everything is known, or known to be unknown. */
    public untilMs: number,
    /** Nobody asks what was longer ago. */
    private readonly keptMs: number,
  ) {
    this.#gaps = [{ fromMs: Number.NEGATIVE_INFINITY, toMs: untilMs }];
  }

  /** Time goes on, and never back: where a clock was set back it stands still until it is caught up with. */
  moveTo(atMs: number): void {
    if (atMs > this.untilMs) this.untilMs = atMs;
  }

  get isInGap(): boolean {
    return this.#gaps.at(-1)?.toMs === null;
  }

  gapBegins(fromMs: number): void {
    if (this.isInGap) return;
    const before = this.#gaps.at(-1)?.toMs ?? fromMs;
    this.#gaps = this.#gaps.filter(({ toMs }) => toMs === null || toMs > this.untilMs - this.keptMs);
    this.#gaps.push({ fromMs: Math.max(fromMs, before), toMs: null });
    this.#unknown.clear();
  }

  gapEnds(toMs: number): void {
    const last = this.#gaps.at(-1);
    if (last?.toMs !== null) return;
    last.toMs = Math.max(last.fromMs, toMs);
    this.#unknown.clear();
  }

  /** The machine's clock was set by so much: what was is told by the clock as it is now. */
  shift(byMs: number): void {
    this.untilMs += byMs;
    for (const gap of this.#gaps) {
      gap.fromMs += byMs;
      if (gap.toMs !== null) gap.toMs += byMs;
    }
    this.#unknown.clear();
  }

  /** How much of this time was watched, ms. */
  watchedMs(fromMs: number, toMs: number): number {
    return toMs - fromMs - unseenMs(this.#gaps satisfies readonly Span[], fromMs, toMs);
  }

  /** Slots more than half of which nobody watched, back from `head`. */
  unknown(slotMs: number, head: number): SlotBits {
    const known = this.#unknown.get(slotMs);
    if (known?.head === head) return known.bits;
    let newer = 0;
    let older = 0;
    // Most of the time there is nothing to find.
    const isWatched = unseenMs(this.#gaps, (head - KEPT_SLOTS + 1) * slotMs, (head + 1) * slotMs) === 0;
    for (let age = 0; !isWatched && age < KEPT_SLOTS; age += 1) {
      const fromMs = (head - age) * slotMs;
      if (unseenMs(this.#gaps, fromMs, fromMs + slotMs) <= slotMs / 2) continue;
      if (age < SLOTS) newer |= 1 << age;
      else older |= 1 << (age - SLOTS);
    }
    const bits = { newer, older };
    this.#unknown.set(slotMs, { head, bits });
    return bits;
  }
}
