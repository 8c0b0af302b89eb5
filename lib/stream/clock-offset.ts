/** How far the server's clock is ahead of the browser's, as estimated from what the server said of its time. */
export interface ClockOffset {
  /** Latest samples of (server's time − local time at arrival) in ms, oldest first. */
  readonly samples: readonly number[];
  /** The least offset that can be true: the server rendered the page before the browser read it. */
  readonly floorMs: number;
}

/** A heartbeat that arrives so much later than the others is not only slow, ms. */
const SET_BACK_MS = 60_000;
/** Two in a row agree on where the server's clock was set, ms. What was held back on the way arrives all at once and does not: a second apart at least. */
const AGREE_MS = 500;

/** A minute of heartbeats: long enough to meet one quick delivery, short enough to follow a clock that drifts. */
const MAX_SAMPLES = 30;

/** An estimate from the page alone, which the server rendered at `renderedAtMs` and the browser read at `localMs`. */
export function offsetOfPage(renderedAtMs: number, localMs: number): ClockOffset {
  // Not the difference itself: a page that lay in a cache for an hour would make everything an hour younger.
  return { samples: [], floorMs: Math.max(0, renderedAtMs - localMs) };
}

/** With one more heartbeat, sent at `serverMs` and arrived at `localMs`. */
export function withHeartbeat(offset: ClockOffset, serverMs: number, localMs: number): ClockOffset {
  const sample = serverMs - localMs;
  const last = offset.samples.at(-1);
  // The greatest sample would speak for the server's old clock until it is forgotten.
  if (last !== undefined && Math.abs(sample - last) < AGREE_MS && sample < offsetMs(offset) - SET_BACK_MS) {
    return { samples: [last, sample], floorMs: 0 };
  }
  return { ...offset, samples: [...offset.samples.slice(1 - MAX_SAMPLES), sample] };
}

/** Without what was learned before the local clock was set or the machine slept. */
export const withoutSamples = (offset: ClockOffset): ClockOffset => ({ ...offset, samples: [], floorMs: 0 });

/** The estimate in ms. A sample is the true offset less its delay, so that the greatest is the one with the smallest delay. */
export function offsetMs(offset: ClockOffset): number {
  return offset.samples.length > 0 ? Math.max(...offset.samples) : offset.floorMs;
}
