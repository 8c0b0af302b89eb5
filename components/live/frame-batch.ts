/** Runs `run` before the next paint, or soon where nothing is painted; gives back what cancels it. */
export type RequestFrame = (run: () => void) => () => void;

/** A hidden tab paints no frames, but its data must not stand still: someone may look at its title or come back. */
const HIDDEN_FRAME_MS = 250;

export const browserFrame: RequestFrame = (run) => {
  const cancel = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  const once = () => {
    cancel();
    run();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, HIDDEN_FRAME_MS);
  return cancel;
};

/**
 * Calls `flush` at once for the first of a burst, then once a frame while more comes. One flush a message would render more often than
 * can be seen; a wait for the next frame each time would delay the single change that someone is looking for.
 */
export class FrameBatch {
  readonly #requestFrame: RequestFrame;
  readonly #flush: () => void;
  #cancelFrame: (() => void) | null = null;
  #pending = false;

  constructor(requestFrame: RequestFrame, flush: () => void) {
    this.#requestFrame = requestFrame;
    this.#flush = flush;
  }

  request(): void {
    if (this.#cancelFrame) {
      this.#pending = true;
      return;
    }
    this.#nextFrame();
    this.#flush();
  }

  /** Drops what is pending. */
  stop(): void {
    this.#cancelFrame?.();
    this.#cancelFrame = null;
    this.#pending = false;
  }

  #nextFrame(): void {
    this.#cancelFrame = this.#requestFrame(() => {
      this.#cancelFrame = null;
      if (!this.#pending) return;
      this.#pending = false;
      this.#nextFrame();
      this.#flush();
    });
  }
}
