import type { Holder, Intent } from '@/lib/release/journal/intent';
import { hasEnded } from './holder';

/** After the deadline of another's plan, ms: for clocks that differ, and for requests that are still under way. */
export const MARGIN_MS = 10_000;

export interface TakeoverView {
  readonly self: Holder;
  readonly leads: boolean;
  /** By the clock of this machine, ms since 1970. */
  readonly wallMs: number;
  readonly marginMs: number;
}

/**
 * - `at-once`: its holder is known to be at it no more, and was perhaps a moment ago;
 * - `overdue`: its holder has stopped by itself, and long enough ago for nothing to be under way;
 * - `not`: its holder may be at it, or another Lictor is to take it.
 */
export type Takeover = 'at-once' | 'overdue' | 'not';

/** @param intent one that this process does not work on now */
export function takeoverOf(intent: Intent, { self, leads, wallMs, marginMs }: TakeoverView): Takeover {
  if (leads && wallMs > Date.parse(intent.deadlineAt) + marginMs) return 'overdue';
  return intent.holder.process === self.process || hasEnded(intent.holder, self) ? 'at-once' : 'not';
}
