import type { Subject } from '@/lib/history/transition';
import type { FlapSettings } from './flap-settings';
import { FlapTrack } from './flap-track';
import type { WatchedTime } from './watched-time';

/** What an instance did so long before its version changed, at most, was part of the change. */
const LONGEST_CHANGE_MS = 600_000;

/** What is kept of an instance, a node or a service: its status in sum, and its own checks. */
export class SubjectFlaps {
  readonly own: FlapTrack;
  /** By id. */
  readonly checks = new Map<string, FlapTrack>();

  constructor(
    private readonly subject: Subject,
    private readonly settings: FlapSettings,
    atMs: number,
  ) {
    this.own = new FlapTrack(subject, null, settings, atMs);
  }

  get tracks(): FlapTrack[] {
    return [this.own, ...this.checks.values()];
  }

  check(id: string, atMs: number): FlapTrack {
    const known = this.checks.get(id);
    if (known) return known;
    const track = new FlapTrack(this.subject, id, this.settings, atMs);
    this.checks.set(id, track);
    return track;
  }

  /**
   * It was restarted, whatever its status and its checks said of that.
   * @returns since when what it did was part of that
   */
  excuseRestart(nowMs: number): number {
    const { settleMs } = this.settings;
    const beganMs = (track: FlapTrack) =>
      Math.max(nowMs - LONGEST_CHANGE_MS, Math.min(track.fellAtMs ?? nowMs, nowMs - settleMs));
    const ownMs = beganMs(this.own);
    for (const track of this.tracks) track.excuse(track === this.own ? ownMs : beganMs(track), null);
    this.own.settling.begin(nowMs, settleMs);
    return ownMs;
  }

  /** Time went on. @returns what ceased to flap */
  moveTo(time: WatchedTime): FlapTrack[] {
    // A new list is made only where it is needed: most have nothing to tell.
    let ended = NONE;
    if (this.own.moveTo(time)) ended = [this.own];
    for (const [id, track] of this.checks) {
      if (track.moveTo(time)) ended = [...ended, track];
      if (track.isIdle(time.untilMs)) this.checks.delete(id);
    }
    return ended;
  }

  isIdle(nowMs: number): boolean {
    return this.checks.size === 0 && this.own.isIdle(nowMs);
  }
}

const NONE: FlapTrack[] = [];
