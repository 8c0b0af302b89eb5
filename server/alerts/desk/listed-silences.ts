import type { AlertRecord, Silence } from '@/lib/alerts/alert-body';
import type { Silences } from './silences';

/** How many alerts each holds for is counted no oftener, ms: it is asked of every alert. */
const COUNT_EVERY_MS = 250;

/** Silences as they are published. */
export class ListedSilences {
  all: readonly Silence[] = [];
  /** When the next begins or ends; null: none does. */
  nextChangeMs: number | null = null;
  #version = -1;
  #countedAtMs = Number.NEGATIVE_INFINITY;
  #isOld = false;

  constructor(
    private readonly silences: Silences,
    /** Of a clock that is never set. */
    private readonly steadyMs: () => number,
  ) {}

  /**
   * @param hasOtherAlerts since the last time
   * @returns whether a silence was made, begins, ended, or is other than it was
   */
  refresh(alerts: readonly AlertRecord[], hasOtherAlerts: boolean): boolean {
    this.#isOld ||= hasOtherAlerts;
    const isOther = this.silences.version !== this.#version;
    const isDue = this.#isOld && this.steadyMs() - this.#countedAtMs >= COUNT_EVERY_MS;
    if (!isOther && !isDue) return false;
    this.all = this.silences.list(alerts);
    this.nextChangeMs = this.silences.nextChangeMs;
    this.#version = this.silences.version;
    this.#countedAtMs = this.steadyMs();
    this.#isOld = false;
    return isOther;
  }
}
