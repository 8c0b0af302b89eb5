import type { Subject } from '@/lib/history/transition';
import { intervalsOf, spreadOf } from './flap-rhythm';
import { SLOTS } from './flap-score';
import type { FlapSettings } from './flap-settings';
import type { FlapTransition } from './flap-transition';
import { Settling } from './settling';
import { SlotStrip } from './slot-strip';
import { TransitionRing } from './transition-ring';
import type { WatchedTime } from './watched-time';

/** The pace of the last so many recoveries is the pace of the whole. */
const PACE_OF = 16;
/** It is over once nothing happened for so many times its own pace, though slow slots still remember it … */
const QUIET_PACES = 5;
/** … and it goes on, though no score is high any more, while less than so many have passed. */
const RESTLESS_PACES = 3;
/** What a check, an instance, a node or a service did lately, and whether it flaps. Of what never changes there is none. Times are ms since 1970. */
export class FlapTrack {
  readonly strips: readonly SlotStrip[];
  /** How far back it looks, by its slowest scale. */
  readonly windowMs: number;
  /** The newest that count. */
  readonly ring = new TransitionRing();
  readonly settling = new Settling();
  /** Since when it flaps; null: it does not. */
  flappingSinceMs: number | null = null;
  /** Counted since it began to flap, with those that showed it. */
  counted = 0;
  /** One of these may stand for more than one. */
  hidesMore = false;
  isInMaintenance = false;
  /** What was before this is not known to it. */
  resumedAtMs = Number.NEGATIVE_INFINITY;
  /** Median interval between its last recoveries; 0: there are not three. */
  #paceMs = 0;

  constructor(
    readonly subject: Subject,
    /** A check's id; else null. */
    readonly item: string | null,
    readonly settings: FlapSettings,
    atMs: number,
  ) {
    this.strips = settings.scales.map(({ slotMs }) => new SlotStrip(slotMs, Math.floor(atMs / slotMs)));
    this.windowMs = SLOTS * Math.max(...settings.scales.map(({ slotMs }) => slotMs));
  }

  /** Time went on. What it says follows from whole slots, so that it is the same however often it is asked. @returns whether it ceased to flap */
  moveTo(time: WatchedTime): boolean {
    const fastest = this.strips[0];
    if (!fastest) return false;
    const head = Math.floor(time.untilMs / fastest.slotMs);
    if (head <= fastest.head) return false;
    for (const strip of this.strips) strip.moveTo(Math.floor(time.untilMs / strip.slotMs));
    if (this.flappingSinceMs === null || !this.#hasEnded(fastest, time)) return false;
    this.flappingSinceMs = null;
    this.counted = 0;
    this.hidesMore = false;
    return true;
  }

  /** The last that counts was a fall. What is longer ago than the slots reach is forgotten first. */
  isDown(nowMs: number): boolean {
    this.ring.dropUntil(nowMs - this.windowMs);
    return this.ring.isDown;
  }

  /** It changed, and that counts. @returns whether it began to flap */
  count(transition: FlapTransition): boolean {
    const { atMs, isRecovery, merged } = transition;
    this.ring.push(transition);
    for (const strip of this.strips) {
      const slot = Math.floor(atMs / strip.slotMs);
      strip.moveTo(slot);
      strip.set(slot);
    }
    if (isRecovery) {
      const last = this.ring.recoveries(Number.NEGATIVE_INFINITY).slice(-PACE_OF);
      this.#paceMs = last.length < 3 ? 0 : (spreadOf(intervalsOf(last))?.median ?? 0);
    }
    if (this.flappingSinceMs !== null) {
      this.counted += 1;
      this.hidesMore ||= merged;
      return false;
    }
    // A score is high, and a recovery one more, from a recovery on alone.
    if (!isRecovery || !this.#begins()) return false;
    this.flappingSinceMs = atMs;
    this.counted = this.ring.length;
    this.hidesMore = this.ring.isMerged;
    return true;
  }

  /**
   * What it did from a moment on was no flapping after all: what still counts of those slots stays.
   * @param instance of a service: only what was this instance's; else null
   */
  excuse(fromMs: number, instance: string | null): void {
    if (this.ring.lastMs < fromMs) return;
    const all = this.ring.all;
    const isExcused = (one: FlapTransition) => one.atMs >= fromMs && one.instance === instance;
    const left = all.filter((one) => !isExcused(one));
    for (const strip of this.strips) {
      const slotOf = ({ atMs }: FlapTransition) => Math.floor(atMs / strip.slotMs);
      for (const one of all) if (isExcused(one)) strip.unset(slotOf(one));
      for (const one of left) strip.set(slotOf(one));
    }
    this.ring.replace(left);
  }

  /** When its present fall began; null: it is not down by what is kept. */
  get fellAtMs(): number | null {
    const { last } = this.ring;
    if (!last || last.to === 'passing') return null;
    return this.ring.all.findLast(({ from }) => from === 'passing')?.atMs ?? last.atMs;
  }

  /** Nothing would be lost if nobody knew it any more. */
  isIdle(nowMs: number): boolean {
    return (
      this.flappingSinceMs === null &&
      !this.isInMaintenance &&
      this.ring.lastMs <= nowMs - 2 * this.windowMs &&
      // Of what was excused since the ring knows nothing more, nor of what was before its window.
      this.strips.every((strip) => strip.isBlank) &&
      this.settling.isOver(nowMs)
    );
  }

  /** The machine's clock was set by so much. */
  shift(byMs: number, untilMs: number): void {
    for (const strip of this.strips) strip.head = Math.floor(untilMs / strip.slotMs);
    this.ring.replace(this.ring.all.map((transition) => ({ ...transition, atMs: transition.atMs + byMs })));
    if (this.flappingSinceMs !== null) this.flappingSinceMs += byMs;
    this.settling.shift(byMs);
  }

  #begins(): boolean {
    const { scales, repeats } = this.settings;
    for (const [at, { beginsAbove, leastRecoveries }] of scales.entries()) {
      const strip = this.strips[at];
      if (!strip || strip.leastScore <= beginsAbove) continue;
      if (this.ring.recoveries((strip.head - SLOTS + 1) * strip.slotMs).length >= leastRecoveries) return true;
    }
    const recoveries = this.ring.recoveries(Number.NEGATIVE_INFINITY).slice(-repeats.recoveries);
    if (recoveries.length < repeats.recoveries) return false;
    const intervals = intervalsOf(recoveries);
    const spanMs = intervals.reduce((sum, interval) => sum + interval, 0);
    const mostMs = repeats.mostMedians * (spreadOf(intervals)?.median ?? 0);
    return spanMs >= repeats.leastSpanMs && Math.max(...intervals) <= mostMs;
  }

  #hasEnded(fastest: SlotStrip, time: WatchedTime): boolean {
    const { scales } = this.settings;
    // Of most it is plain: it changed lately, and a score is still high.
    if (fastest.newer !== 0 && fastest.leastScore >= (scales[0]?.endsBelow ?? 0)) return false;
    const nowMs = fastest.head * fastest.slotMs;
    const lastMs = this.ring.length > 0 ? this.ring.lastMs : Math.max(this.resumedAtMs, this.flappingSinceMs ?? 0);
    const quietMs = time.watchedMs(lastMs, nowMs);
    if (quietMs >= Math.max(SLOTS * fastest.slotMs, QUIET_PACES * this.#paceMs)) return true;
    if (quietMs < RESTLESS_PACES * this.#paceMs) return false;
    return scales.every(({ endsBelow, slotMs }, at) => {
      const strip = this.strips[at];
      return !strip || strip.mostScore(time.unknown(slotMs, strip.head)) < endsBelow;
    });
  }
}
