import { judgeCapacity } from '@/lib/release/shares/capacity';
import { instanceShares } from '@/lib/release/shares/instance-shares';
import { checkShares } from '@/lib/release/shares/normalize-shares';
import type { SplitWarning, SplitWish } from '@/lib/release/split-body';
import type { SplitQuestion } from '@/lib/release/split-question';
import { stageRefusal } from '@/lib/release/stage-rules';
import type { WishRecord } from '@/lib/release/wish-record';
import { type Actuator, type Plan, PlanRefused, type SplitSubject, type Standing } from '@/server/release/actuator';
import { borneIn } from './borne-weights';
import type { ReadSplit } from './split-book';
import { standingOf } from './split-reading';
import { SplitRefusal } from './split-refusal';
import { wishOfQuestion } from './wish-of-question';

/** A plan on what was just read, and what it needs to be carried out. */
export interface DraftedPlan {
  readonly actuator: Actuator;
  readonly subject: SplitSubject;
  readonly standing: Standing;
  readonly wish: SplitWish;
  readonly plan: Plan;
  readonly warnings: readonly SplitWarning[];
}

/**
 * Plans what a question asks for, on what was just read.
 * @param versions that run where the mechanism of the wish works
 * @throws SplitRefusal where it cannot be carried out
 */
export function draftPlan(
  question: SplitQuestion,
  found: ReadSplit,
  actuators: readonly Actuator[],
  versions: (wish: SplitWish) => readonly string[],
): DraftedPlan {
  const { wish, warnings } = wishOfQuestion(question, found);
  const { reading, record } = found;
  const actuator = actuators.find(({ mechanism }) => mechanism === wish.mechanism);
  const standing = standingOf(reading, wish.mechanism);
  if (!actuator || !standing) throw refused('no-such-mechanism', `This Lictor moves nothing by ${wish.mechanism}.`);
  if (reading.unreadable.has(wish.mechanism)) {
    throw new SplitRefusal('consul-unavailable', `${standing.reason} Nothing was written.`);
  }
  const stages = { ...found.subject.stages, ...wish.stages };
  if (wish.shares) {
    const wrong = checkShares(wish.shares, versions(wish));
    if (wrong !== null) throw refused('invalid-shares', wrong);
    const present = standing.declared ?? record.declared ?? instanceShares(record.versions);
    const closed = stageRefusal(wish.shares, present, stages);
    if (closed !== null) throw refused('stage-closed', closed);
  }
  const subject = { ...found.subject, stages };
  try {
    const plan = actuator.plan(subject, standing, wish);
    if (!standing.can) throw refused('mechanism-closed', standing.reason ?? `${wish.mechanism} cannot move it here.`);
    const said = [...warnings, ...plan.warnings];
    // What the mechanism says of the same matter it knows better.
    const capacity = wish.shares ? judgeCapacity(record.declared, wish.shares, record.versions) : [];
    const more = capacity.filter(({ code }) => !said.some((warning) => warning.code === code));
    return { actuator, subject, standing, wish, plan, warnings: [...said, ...more] };
  } catch (error) {
    if (error instanceof PlanRefused) throw refused(error.code, error.message);
    throw error;
  }
}

/** What is kept of a plan once it is written: what was wished, what then stands, and what stood before. */
export function wishRecordOf(
  { wish, plan, standing, subject }: DraftedPlan,
  before: WishRecord | null,
  signed: Pick<WishRecord, 'by' | 'process' | 'at' | 'how'>,
): WishRecord {
  const { mechanism } = wish;
  const known = before?.mechanism === mechanism ? before : null;
  const routes = wish.routes ?? [...standing.routes];
  const failover = wish.failover ?? [...standing.failover];
  const asBefore = known?.weights ? { weights: known.weights, exceptions: known.exceptions } : borneIn(standing);
  return {
    ...{ format: 1, mechanism, routes, failover, stages: { ...subject.stages }, ...signed },
    shares: wish.shares ?? known?.shares ?? standing.declared,
    declares: plan.declares ?? standing.declared,
    ...(plan.weights ? { weights: { ...plan.weights }, exceptions: {} } : asBefore),
    before: {
      ...{ shares: standing.declared, routes: [...standing.routes], failover: [...standing.failover] },
      stages: before?.stages ?? {},
    },
  };
}

const refused = (reason: string, sentence: string) => new SplitRefusal('plan-refused', sentence, { reason });
