import type { SplitRecord } from '@/lib/release/split-body';

/**
 * - `unknown-service`: nothing is known of it;
 * - `precondition-failed`: the split is not as the caller saw it;
 * - `plan-refused`: the wish cannot be carried out;
 * - `split-busy`: somebody else is at it;
 * - `writes-closed`: Lictor may not, or must not, write now;
 * - `plan-failed`: it was begun, and everything is as before again;
 * - `plan-unfinished`: it was begun and is not over; the journal has it;
 * - `consul-unavailable`: what stands could not be read.
 */
export type SplitRefusalCode =
  | 'unknown-service'
  | 'precondition-failed'
  | 'plan-refused'
  | 'split-busy'
  | 'writes-closed'
  | 'plan-failed'
  | 'plan-unfinished'
  | 'consul-unavailable';

/** What is asked of the desk is not done. The message says why, what that means and what to do. */
export class SplitRefusal extends Error {
  constructor(
    readonly code: SplitRefusalCode,
    sentence: string,
    readonly details: {
      /** As it stands now. */
      readonly present?: SplitRecord;
      /** Of a plan that was refused, stable. */
      readonly reason?: string;
    } = {},
  ) {
    super(sentence);
    this.name = 'SplitRefusal';
  }
}
