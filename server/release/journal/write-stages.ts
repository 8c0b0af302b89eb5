import type { PlannedWrite } from '@/lib/release/planned-write';
import type { Writers } from '@/server/release/writer';
import { atOnce } from './at-once';
import type { HeldIntent } from './held-intent';
import { writerOf } from './writer-of';

/** A write that was not carried out. */
export class WriteStopped extends Error {
  constructor(
    readonly write: PlannedWrite,
    /** Null: something else stands there than the plan was made on. */
    override readonly cause: Error | null,
  ) {
    super(`${write.target} was not written.`);
    this.name = 'WriteStopped';
  }
}

export interface StagesOptions {
  readonly held: HeldIntent;
  readonly writes: readonly PlannedWrite[];
  readonly writers: Writers;
  /** Asked before each write: a process that hung must not go on with what another has taken over. */
  readonly assertInTime: () => void;
  /** Told each error of a write: whether it was carried out has to be looked at. */
  readonly onError: (error: Error) => void;
  readonly signal: AbortSignal;
}

/**
 * Carries the writes out, stage by stage. What is done is marked beside the next write, so that no write waits for a mark. Resolves when all are written;
 * rejects when one was not and none is under way any more.
 * @throws WriteStopped
 * @throws Error of a mark (`TakenOver`, `ConsulError`) or of `assertInTime`
 */
export async function writeStages(options: StagesOptions): Promise<void> {
  const { held, writes, writers, assertInTime, onError, signal } = options;
  const numbered = Array.from(writes.entries());
  const stages = [...new Set(writes.map(({ stage }) => stage))].sort((a, b) => a - b);
  for (const stage of stages) {
    await atOnce(
      numbered.filter(([, write]) => write.stage === stage),
      async ([number, write]) => {
        assertInTime();
        held.markAlong(signal);
        if (held.failure !== null) throw held.failure;
        const result = await writerOf(writers, write)
          .write(write, signal)
          .catch((error: Error) => {
            onError(error);
            throw new WriteStopped(write, error);
          });
        held.note(result === 'written' ? 'done' : 'lost', number);
        if (result === 'lost') throw new WriteStopped(write, null);
      },
    );
  }
}
