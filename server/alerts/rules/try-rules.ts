import type { RulesTrial } from '@/lib/alerts/alert-body';
import type { RuleSet } from '@/lib/alerts/rules/rule-set';
import { RulesTrialFold } from '@/lib/alerts/trial/rules-trial';
import type { PastDatacenter } from '@/lib/history/recorded';
import type { Gap, RecordedTransition, TransitionKind } from '@/lib/history/transition';

/** What is asked of the record. Each method rejects with an error whose message is a sentence. Times are ms since 1970. */
export interface TrialRecord {
  /** In the order of writing. */
  transitions(query: {
    readonly fromMs: number;
    readonly toMs: number;
    readonly dc: null;
    readonly service: null;
    readonly node: null;
    readonly instance: null;
    readonly kinds: readonly TransitionKind[];
    readonly order: 'oldest-first';
    readonly afterId: number | null;
    readonly limit: number;
  }): Promise<readonly RecordedTransition[]>;
  past(atMs: number, dc: null): Promise<readonly PastDatacenter[]>;
  gaps(fromMs: number, toMs: number, dc: null): Promise<readonly Gap[]>;
  facts(): Promise<{ readonly oldestMs: number | null }>;
}

export interface AskedTrial {
  readonly tried: RuleSet;
  readonly inForce: RuleSet;
  /** Null: 7 days before now. */
  readonly fromMs: number | null;
  /** Null: now. */
  readonly toMs: number | null;
}

export interface RulesTrialsParts {
  readonly record: TrialRecord;
  /** The machine's clock, ms since 1970. */
  readonly nowMs: () => number;
  /** A clock that is never set, ms. */
  readonly steadyMs?: () => number;
  readonly mostTransitions?: number;
  readonly mostWorkMs?: number;
  readonly page?: number;
}

const WEEK_MS = 604_800_000;
const PAGE = 5_000;
const MOST_TRANSITIONS = 2_000_000;
const MOST_WORK_MS = 60_000;
/** The same thread serves what is live: after so long it has its turn. */
const TURN_MS = 10;
const KINDS: readonly TransitionKind[] = [
  ...(['registered', 'deregistered', 'status', 'check', 'version', 'tags', 'meta', 'freshness', 'clock-set'] as const),
];

/** Tries rules over the record, one trial after the other: two at once would take twice the memory, and neither would be sooner done. */
export class RulesTrials {
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: RulesTrialsParts) {}

  /** @throws Error where the record cannot be read; its message is a sentence */
  try(asked: AskedTrial): Promise<RulesTrial> {
    const trial = this.#last.then(() => this.#run(asked));
    this.#last = trial.catch(() => undefined);
    return trial;
  }

  async #run({ tried, inForce, fromMs, toMs }: AskedTrial): Promise<RulesTrial> {
    const { record, nowMs } = this.parts;
    const endMs = Math.min(toMs ?? nowMs(), nowMs());
    const askedMs = Math.min(fromMs ?? endMs - WEEK_MS, endMs);
    const { oldestMs } = await record.facts();
    const beginMs = Math.min(endMs, Math.max(askedMs, oldestMs ?? endMs));
    const [past, gaps] = await Promise.all([record.past(beginMs, null), record.gaps(beginMs, endMs + 1, null)]);
    const work = new Work(this.parts.steadyMs ?? (() => performance.now()));
    const fold = new RulesTrialFold({ tried, inForce, fromMs: beginMs, past, gaps });
    for (const _ of fold.begin()) if (work.isTurnOver) await work.giveWay();
    const cut = await this.#read(fold, { beginMs, endMs }, work);
    const { rules, items, transitions } = fold.end(cut?.atMs ?? endMs);
    return {
      ...{
        from: iso(beginMs),
        to: iso(cut?.atMs ?? endMs),
        transitions,
        rules,
        items,
        cut: cut?.reason ?? null,
        cutBy: cut?.by ?? null,
      },
      recordedFrom: beginMs > askedMs ? iso(beginMs) : null,
    };
  }

  /** @returns where and why it ended before its time; null: it did not */
  async #read(
    fold: RulesTrialFold,
    { beginMs, endMs }: { readonly beginMs: number; readonly endMs: number },
    work: Work,
  ): Promise<{ readonly atMs: number; readonly by: CutBy; readonly reason: string } | null> {
    const { record, page: limit = PAGE } = this.parts;
    const { mostTransitions = MOST_TRANSITIONS, mostWorkMs = MOST_WORK_MS } = this.parts;
    let last: RecordedTransition | null = null;
    for (;;) {
      const page: readonly RecordedTransition[] = await record.transitions({
        // What was seen in the first moment is in the past that it begins with.
        ...{ fromMs: beginMs + 1, toMs: endMs + 1, dc: null, service: null, node: null, instance: null },
        ...{ kinds: KINDS, order: 'oldest-first', afterId: last?.id ?? null, limit },
      });
      for (const transition of page) {
        // What was seen in one moment stays together.
        if (last && last.observedAtMs !== transition.observedAtMs) {
          const by = fold.transitions >= mostTransitions ? 'transitions' : work.spentMs >= mostWorkMs ? 'time' : null;
          if (by !== null) return { atMs: last.observedAtMs, by, reason: cutReason(by) };
        }
        fold.take(transition);
        last = transition;
        if (work.isTurnOver) await work.giveWay();
      }
      if (page.length < limit) return null;
    }
  }
}

type CutBy = NonNullable<RulesTrial['cutBy']>;

function cutReason(by: CutBy): string {
  const what =
    by === 'transitions' ? 'There were more transitions than can be tried at once' : 'It took longer than a trial may';
  return `${what}: what came after this time was not tried. Ask for a shorter time, or a later one.`;
}

/** Time that this thread spends on a trial, turn by turn. */
class Work {
  #turnBeganMs: number;
  #spentMs = 0;

  constructor(private readonly steadyMs: () => number) {
    this.#turnBeganMs = steadyMs();
  }

  get isTurnOver(): boolean {
    return this.steadyMs() - this.#turnBeganMs >= TURN_MS;
  }

  /** In turns that are over. */
  get spentMs(): number {
    return this.#spentMs;
  }

  async giveWay(): Promise<void> {
    this.#spentMs += this.steadyMs() - this.#turnBeganMs;
    await new Promise((resolve) => setImmediate(resolve));
    this.#turnBeganMs = this.steadyMs();
  }
}

const iso = (atMs: number): string => new Date(atMs).toISOString();
