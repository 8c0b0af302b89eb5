import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { cpuMeter } from '@/bench/measure/process-cost';
import type { Transition } from '@/lib/history/transition';

const BATCH_MS = 150;

export interface Pace {
  /** Delay of this process's event loop, ms, as percentiles. */
  readonly loopMs: { readonly p50: number; readonly p99: number; readonly max: number };
  /** From giving a batch away until it is durable, ms. */
  readonly batchMs: readonly number[];
  readonly written: number;
  /** Share of a core that the whole process took, %. */
  readonly core: number;
}

/** Gives away so many transitions a second for a while, on a beat that waits for nobody, and measures what that costs the thread that does it. */
export async function paced(
  aSecond: number,
  seconds: number,
  make: (count: number) => Transition[],
  write: (transitions: Transition[]) => Promise<unknown>,
): Promise<Pace> {
  const loop = monitorEventLoopDelay({ resolution: 1 });
  const batchMs: number[] = [];
  const writes: Promise<void>[] = [];
  const core = cpuMeter(process.pid);
  const startedAtMs = performance.now();
  let written = 0;
  loop.enable();
  for (let beat = 1; beat * BATCH_MS <= seconds * 1_000; beat += 1) {
    const transitions = make(Math.round((beat * BATCH_MS * aSecond) / 1_000) - written);
    written += transitions.length;
    const givenAtMs = performance.now();
    writes.push(
      write(transitions).then(() => {
        batchMs.push(performance.now() - givenAtMs);
      }),
    );
    await wait(Math.max(0, startedAtMs + beat * BATCH_MS - performance.now()));
  }
  loop.disable();
  await Promise.all(writes);
  const ms = (share: number) => loop.percentile(share) / 1e6;
  return {
    loopMs: { p50: ms(50), p99: ms(99), max: loop.max / 1e6 },
    ...{ batchMs, written, core: core() },
  };
}
