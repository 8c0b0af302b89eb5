import { type ClockOffset, offsetMs, offsetOfPage, withHeartbeat, withoutSamples } from '@/lib/stream/clock-offset';
import type { Clock } from './clock';

/** The server's time, as far as the browser can tell: every age that is shown is a difference to it. */
export class ServerClock {
  readonly #clock: Clock;
  #offset: ClockOffset;

  /** `renderedAtMs` is the server's time when it rendered the page. */
  constructor(clock: Clock, renderedAtMs: number) {
    this.#clock = clock;
    this.#offset = offsetOfPage(renderedAtMs, clock.wallMs());
  }

  /** Ms since 1970. */
  nowMs(): number {
    return this.ofWallMs(this.#clock.wallMs());
  }

  /** What the server's clock showed when the local one showed `wallMs`. */
  ofWallMs(wallMs: number): number {
    return wallMs + offsetMs(this.#offset);
  }

  heartbeat(atMs: number): void {
    this.#offset = withHeartbeat(this.#offset, atMs, this.#clock.wallMs());
  }

  /** The local clock was set, or the machine slept. */
  jumped(): void {
    this.#offset = withoutSamples(this.#offset);
  }
}
