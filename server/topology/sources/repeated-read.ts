import { backoffMs } from '@/server/consul/backoff';
import type { Clock } from '@/server/consul/clock';
import { ConsulError } from '@/server/consul/consul-error';
import { Pause } from '@/server/consul/pause';

export interface RepeatedReadOptions {
  readonly clock: Clock;
  /** 0 (included) to 1. */
  readonly random: () => number;
  /** From one read to the next, ms, and up to a tenth more. */
  readonly everyMs: number;
  /** Asks Consul; what it throws but a ConsulError is a fault. */
  readonly read: (signal: AbortSignal) => Promise<void>;
  readonly failed: (error: ConsulError) => void;
}

export interface RepeatedRead {
  /** What it reads may have changed. */
  soon(): void;
  stop(): void;
}

/** Several may ask for the same cause, and copies of what was written come later, ms. */
const SOON_MS = 500;

/** Reads again and again until it is stopped; after a failure sooner, and then more and more slowly. */
export function readRepeatedly({ clock, random, everyMs, read, failed }: RepeatedReadOptions): RepeatedRead {
  const end = new AbortController();
  const pause = new Pause(clock);
  const { signal } = end;
  let isAsked = false;
  let isWaiting = false;

  async function run(): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      isAsked = false;
      try {
        await read(signal);
        failures = 0;
      } catch (error) {
        if (!(error instanceof ConsulError)) throw error;
        if (signal.aborted) return;
        failures = error.denied ? 0 : failures + 1;
        failed(error);
      }
      const restMs = failures > 0 ? backoffMs(failures, random()) : everyMs * (1 + random() / 10);
      isWaiting = !isAsked;
      if (isWaiting && !signal.aborted) await pause.sleep(Math.min(restMs, everyMs * 1.1));
      isWaiting = false;
      if (isAsked && !signal.aborted) await pause.sleep(SOON_MS);
    }
  }

  void run();
  return {
    soon() {
      isAsked = true;
      if (isWaiting) pause.end();
    },
    stop() {
      end.abort();
      pause.end();
    },
  };
}
