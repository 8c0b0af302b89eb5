import type { Clock, Timer } from '@/server/consul/clock';

export interface GentlePollOptions {
  readonly clock: Clock;
  /** 0 (included) to 1, as `Math.random`. */
  readonly random: () => number;
  /** One round of reads. It deals with its own failures. */
  readonly round: (signal: AbortSignal) => Promise<void>;
}

export interface GentlePoll {
  /** Something has changed: the next round starts soon. */
  askSoon(): void;
  stop(): void;
}

/** From the end of a round to the next: this long, and up to half as much again, ms. What it reads is worth no more than that. */
const PAUSE_MS = 5_000;
/** A round that is asked for comes after this, ms: who asks has seen a beginning, and several may ask for the same cause. */
const SOON_MS = 1_000;

/** Does one round after another until it is stopped. Nobody but a change in Consul itself makes it do more. */
export function pollGently({ clock, random, round }: GentlePollOptions): GentlePoll {
  const end = new AbortController();
  let timer: Timer | undefined;
  let running = false;
  let soon = false;

  const start = (delayMs: number) => {
    if (timer) clock.clearTimeout(timer);
    timer = clock.setTimeout(() => void turn(), delayMs);
  };
  async function turn(): Promise<void> {
    running = true;
    soon = false;
    await round(end.signal);
    running = false;
    if (!end.signal.aborted) start(soon ? SOON_MS : PAUSE_MS * (1 + random() / 2));
  }

  void turn();
  return {
    askSoon() {
      if (end.signal.aborted || soon) return;
      soon = true;
      if (!running) start(SOON_MS);
    },
    stop() {
      end.abort();
      if (timer) clock.clearTimeout(timer);
    },
  };
}
