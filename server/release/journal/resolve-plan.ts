import type { JournaledPlan } from '@/lib/release/journal/intent';
import { nextStep } from '@/lib/release/journal/next-step';
import type { Place } from '@/lib/release/place';
import type { PlannedWrite } from '@/lib/release/planned-write';
import type { Clock } from '@/server/consul/clock';
import type { Writer, Writers } from '@/server/release/writer';
import { atOnce } from './at-once';
import { isInDoubt } from './fate';
import type { HeldIntent } from './held-intent';
import { writerOf } from './writer-of';

export interface ResolveOptions {
  readonly held: HeldIntent;
  readonly plan: JournaledPlan;
  readonly writers: Writers;
  readonly clock: Clock;
  /** Until then a write that nobody knows the fate of may still be carried out: before that it is not over. By `clock`. */
  readonly doubtUntilMs: number;
  readonly signal: AbortSignal;
}

export interface Resolved {
  readonly at: 'after' | 'before';
  /** Where somebody else's writing stands. */
  readonly left: readonly PlannedWrite[];
}

/**
 * Brings a plan that was begun to all after, or else to all before, but for what somebody else wrote there. Its intent stands then still.
 * @throws TakenOver
 * @throws ConsulError a write could not be carried out or taken back now: called again, from whatever process, it goes on
 */
export async function resolvePlan(options: ResolveOptions): Promise<Resolved> {
  const { held, plan, clock, doubtUntilMs, signal } = options;
  const { writes } = plan;
  const stages = writes.map(({ stage }) => stage);
  for (;;) {
    const { places, error } = await lookAtAll(options);
    // Where it is to be completed is decided by all of them; what can be taken back waits for none that cannot be looked at.
    if (error !== null && held.intent.phase !== 'restoring') throw error;
    const step = nextStep(held.intent, stages, places);
    if (step.kind === 'complete') await complete(options, step.writes);
    else if (step.kind === 'turn-back') await held.change({ phase: 'restoring' }, signal);
    else if (step.kind === 'restore') await restore(options, step.writes);
    else if (error !== null) throw error;
    else if (step.at === 'before' && clock.now() < doubtUntilMs) await sleep(clock, doubtUntilMs, signal);
    else return { at: step.at, left: step.left.flatMap((write) => writes[write] ?? []) };
  }
}

/** `error`: the first of those that could not be looked at, for which `before` stands in, as nothing can be done there. */
async function lookAtAll({ plan: { writes }, writers, signal }: ResolveOptions): Promise<{
  readonly places: readonly Place[];
  readonly error: Error | null;
}> {
  const places = writes.map((): Place => 'before');
  let first: Error | null = null;
  await atOnce(Array.from(writes.entries()), async ([number, write]) => {
    try {
      places[number] = await writerOf(writers, write).look(write, signal);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      first ??= error;
    }
  });
  return { places, error: first };
}

/** What Consul will not have is no reason to try for ever: the plan is taken back then. */
async function complete(options: ResolveOptions, numbers: readonly number[]): Promise<void> {
  try {
    await eachOf(options, numbers, carryOut);
  } catch (error) {
    if (!(error instanceof Error) || isInDoubt(error)) throw error;
    await options.held.change({ phase: 'restoring', trouble: error.message }, options.signal);
  }
}

/** One that cannot be taken back keeps none of the others from it. */
async function restore(options: ResolveOptions, numbers: readonly number[]): Promise<void> {
  const errors: unknown[] = [];
  await eachOf(options, numbers, (work) => takeBack(work).catch((error: unknown) => void errors.push(error)));
  if (errors.length > 0) throw errors[0];
}

type Act = (work: {
  readonly held: HeldIntent;
  readonly number: number;
  readonly write: PlannedWrite;
  readonly writer: Writer;
  readonly signal: AbortSignal;
}) => Promise<void>;

async function eachOf(
  { held, plan, writers, signal }: ResolveOptions,
  numbers: readonly number[],
  act: Act,
): Promise<void> {
  await atOnce(numbers, async (number) => {
    const write = plan.writes[number];
    if (write === undefined) return;
    held.markAlong(signal);
    if (held.failure !== null) throw held.failure;
    await act({ held, number, write, writer: writerOf(writers, write), signal });
  });
}

const carryOut: Act = async ({ held, number, write, writer, signal }) => {
  const isWritten = (await writer.write(write, signal)) === 'written';
  // The predecessor's last request may have come through only now.
  held.note(isWritten || (await writer.look(write, signal)) === 'after' ? 'done' : 'lost', number);
};

const takeBack: Act = async ({ held, number, write, writer, signal }) => {
  const isRestored = (await writer.restore(write, signal)) === 'restored';
  held.note(isRestored || (await writer.look(write, signal)) === 'before' ? 'restored' : 'lost', number);
};

function sleep(clock: Clock, untilMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      clock.clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = clock.setTimeout(
      () => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      },
      Math.max(0, untilMs - clock.now()),
    );
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
}
