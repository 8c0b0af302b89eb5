import { randomUUID } from 'node:crypto';
import type { Holder, Intent, JournaledPlan } from '@/lib/release/journal/intent';
import type { Mechanism } from '@/lib/release/mechanism';
import type { PlannedWrite } from '@/lib/release/planned-write';
import type { Clock } from '@/server/consul/clock';
import type { ReleaseConsul } from '@/server/release/release-consul';
import type { Writers } from '@/server/release/writer';
import { beginPlan } from './begin-plan';
import { DOUBT_MS, isInDoubt } from './fate';
import { HeldIntent, TakenOver } from './held-intent';
import { IntentStore } from './intent-store';
import type { Outcome } from './outcome';
import {
  busySentence,
  failedSentence,
  justOverSentence,
  leftSentence,
  lostSentence,
  strangeSentence,
  unfinishedSentence,
} from './outcome-sentences';
import { MOST_PARTS, planParts } from './plan-parts';
import { resolvePlan } from './resolve-plan';
import { TimeLimit } from './time-limit';
import { WriteStopped, writeStages } from './write-stages';

export interface PlanRequest extends Pick<JournaledPlan, 'writes' | 'wish'> {
  readonly dc: string;
  readonly service: string;
  readonly mechanism: Mechanism;
  /** The person. */
  readonly by: string;
}

export interface PlanExecutorOptions {
  readonly consul: ReleaseConsul;
  readonly writers: Writers;
  readonly clock: Clock;
  readonly self: Holder;
  /** A plan was left in the journal: recovery may look at once. */
  readonly onLeft: () => void;
  /** For the whole plan, ms; 30,000. */
  readonly limitMs?: number;
  /** For taking it back, ms, from when that begins; 30,000. */
  readonly restoreLimitMs?: number;
  /** So long a failed request may still be carried out, ms; 10,000. */
  readonly doubtMs?: number;
}

const LIMIT_MS = 30_000;

/** Carries plans out: the intent before the first write, and its end with the last one. One service has one plan at a time, whoever makes it. */
export class PlanExecutor {
  readonly #options: PlanExecutorOptions;
  readonly #store: IntentStore;
  readonly #underWay = new Set<string>();

  constructor(options: PlanExecutorOptions) {
    this.#options = options;
    this.#store = new IntentStore(options.consul);
  }

  /** Whether it works on this intent now. */
  isAt(intentId: string): boolean {
    return this.#underWay.has(intentId);
  }

  /** Never rejects for what Consul does. An end by `stop` lets the writes that are under way come to theirs, and takes back what was written. */
  async execute(request: PlanRequest, stop: AbortSignal): Promise<Outcome> {
    const { clock, limitMs = LIMIT_MS } = this.#options;
    const startedMs = clock.now();
    const limit = new TimeLimit(clock, limitMs);
    const intent = this.#intentOf(request, limit);
    this.#underWay.add(intent.id);
    try {
      const begun = await this.#begin(request, intent, limit);
      if (!(begun instanceof HeldIntent)) return begun;
      const outcome = await this.#carryOut(request, begun, limit, stop);
      return outcome ?? { kind: 'written', ms: clock.now() - startedMs };
    } finally {
      limit.clear();
      this.#underWay.delete(intent.id);
    }
  }

  #intentOf({ dc, service, mechanism, by }: PlanRequest, limit: TimeLimit): Intent {
    const { clock, self } = this.#options;
    return {
      ...{ format: 1, id: randomUUID(), dc, service, mechanism, by, holder: self },
      ...{ startedAt: clock.iso(clock.now()), deadlineAt: clock.iso(limit.untilMs) },
      ...{ phase: 'writing', done: [], lost: [], restored: [], parts: 1, signature: null, trouble: null },
    };
  }

  /** @returns an outcome where it cannot begin: nothing was written */
  async #begin(request: PlanRequest, intent: Intent, { signal }: TimeLimit): Promise<HeldIntent | Outcome> {
    if (this.#store.home === null) {
      return notBegun('The home datacenter, where Lictor keeps its journal, is not known yet. Try again in a moment.');
    }
    const { writes, wish } = request;
    const parts = await planParts({ format: 1, writes, wish });
    if (parts.length > MOST_PARTS) {
      return notBegun(
        `The plan has ${writes.length} writes, too large together for its journal. Move the traffic in smaller parts.`,
      );
    }
    try {
      const held = await beginPlan(this.#store, intent, parts, signal);
      return held === null ? await this.#busy(intent, signal) : held;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.#options.onLeft();
      return notBegun(`The journal could not be written: ${error.message}`);
    }
  }

  async #busy({ dc, service }: Intent, signal: AbortSignal): Promise<Outcome> {
    const found = await this.#store.find(dc, service, signal);
    if (found === null) return { kind: 'busy', sentence: justOverSentence(service, dc), by: null, replica: null };
    if (found.intent === null) return { kind: 'busy', sentence: strangeSentence(found.key), by: null, replica: null };
    const { by, holder } = found.intent;
    return { kind: 'busy', sentence: busySentence(found.intent), by, replica: holder.replica };
  }

  /** @returns null when all is written */
  async #carryOut(
    { writes, wish }: PlanRequest,
    held: HeldIntent,
    limit: TimeLimit,
    stop: AbortSignal,
  ): Promise<Outcome | null> {
    const { writers, clock, limitMs = LIMIT_MS, doubtMs = DOUBT_MS } = this.#options;
    const { signal } = limit;
    let doubtUntilMs: number | null = null;
    try {
      await writeStages({
        ...{ held, writes, writers, signal },
        assertInTime: () => {
          if (stop.aborted) throw new Error('Lictor is closing, or was told to give the plan up.');
          if (limit.isOver) throw new Error(`The plan was not written within ${limitMs / 1_000} s.`);
        },
        onError: (error) => {
          doubtUntilMs = Math.max(doubtUntilMs ?? 0, isInDoubt(error) ? clock.now() + doubtMs : 0);
        },
      });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return this.#takeBack({ held, writes, error, doubtUntilMs });
    }
    try {
      await held.end(wish, signal);
      return null;
    } catch (error) {
      return await this.#left(held, writes, error);
    }
  }

  async #takeBack({ held, writes, error, doubtUntilMs }: Stopped): Promise<Outcome> {
    if (error instanceof TakenOver) return await this.#left(held, writes, error);
    const { writers, clock, restoreLimitMs = LIMIT_MS } = this.#options;
    const limit = new TimeLimit(clock, restoreLimitMs);
    const { signal } = limit;
    try {
      const deadlineAt = clock.iso(limit.untilMs);
      const isUntouched = held.intent.done.length === 0 && doubtUntilMs === null;
      if (isUntouched) {
        await held.end(null, signal);
        return stoppedOutcome(error, []);
      }
      await held.change({ phase: 'restoring', deadlineAt, trouble: stopSentence(error) }, signal);
      const plan: JournaledPlan = { format: 1, writes: [...writes], wish: null };
      const { left } = await resolvePlan({ held, plan, writers, clock, doubtUntilMs: doubtUntilMs ?? 0, signal });
      await held.end(null, signal);
      return stoppedOutcome(error, left);
    } catch (second) {
      return await this.#left(held, writes, second, error);
    } finally {
      limit.clear();
    }
  }

  /** The intent stands; whoever looks next goes on. */
  async #left(held: HeldIntent, writes: readonly PlannedWrite[], error: unknown, first?: Error): Promise<Outcome> {
    if (!(error instanceof Error)) throw error;
    await held.atRest();
    this.#options.onLeft();
    const why = [first && stopSentence(first), error.message].filter(Boolean).join(' ');
    return { kind: 'failed', sentence: unfinishedSentence(held.intent, writes, why), state: 'unfinished' };
  }
}

interface Stopped {
  readonly held: HeldIntent;
  readonly writes: readonly PlannedWrite[];
  readonly error: Error;
  /** Null: no write has failed, so that what was not written is known. */
  readonly doubtUntilMs: number | null;
}

const notBegun = (sentence: string): Outcome => ({
  ...{ kind: 'failed', state: 'restored' },
  sentence: `${sentence} Nothing was written.`,
});

function stoppedOutcome(error: Error, left: readonly PlannedWrite[]): Outcome {
  if (error instanceof WriteStopped && error.cause === null) {
    const { target } = error.write;
    return { kind: 'lost', target, restored: true, sentence: `${lostSentence(target)}${leftSentence(left)}` };
  }
  return { kind: 'failed', state: 'restored', sentence: `${failedSentence(stopSentence(error))}${leftSentence(left)}` };
}

/** Why a plan went no further. */
function stopSentence(error: Error): string {
  if (!(error instanceof WriteStopped)) return error.message;
  const { write, cause } = error;
  return cause === null ? `${write.target} was written by somebody else.` : `${write.target}: ${cause.message}`;
}
