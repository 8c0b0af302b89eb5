import { instanceShares } from '@/lib/release/shares/instance-shares';
import type { SplitWarning, SplitWish } from '@/lib/release/split-body';
import type { SplitQuestion } from '@/lib/release/split-question';
import type { ReadSplit } from './split-book';
import { SplitRefusal } from './split-refusal';

export interface AskedWish {
  readonly wish: SplitWish;
  /** What to know of how it was understood. */
  readonly warnings: readonly SplitWarning[];
}

/**
 * The wish that a question stands for.
 * @throws SplitRefusal where nothing was ever written through Lictor that could be undone or put back
 */
export function wishOfQuestion(question: SplitQuestion, { record, wish }: ReadSplit): AskedWish {
  if ('mechanism' in question) return { wish: question, warnings: [] };
  const kept = wish?.record;
  if (!kept) {
    const sentence = `Nothing was written for ${record.name} through Lictor, so there is nothing to put back.`;
    throw new SplitRefusal('plan-refused', sentence, { reason: 'never-written' });
  }
  const { mechanism } = kept;
  if ('putBack' in question) {
    const { shares, routes, failover, stages } = kept;
    return { wish: { mechanism, routes, failover, stages, ...(shares && { shares }) }, warnings: [] };
  }
  const { shares, routes, failover, stages } = kept.before;
  const back = { mechanism, routes, failover, stages };
  if (shares !== null) return { wish: { ...back, shares }, warnings: [] };
  if (kept.shares === null) return { wish: back, warnings: [] };
  const even = instanceShares(record.versions);
  const sentence = 'Nothing was declared before, so each version gets its share of the instances in traffic.';
  return {
    wish: { ...back, ...(even && { shares: even }) },
    warnings: [{ severity: 'note', code: 'nothing-before', sentence }],
  };
}
