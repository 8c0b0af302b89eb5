import type { ServerProblem } from '@/components/live/server-request';
import type { RulesMoves } from './use-rules-moves';

/** The line that a refusal names; null: none. */
export function lineOf({ members }: ServerProblem): number | null {
  return typeof members.line === 'number' ? members.line : null;
}

/** The line of the text as it stands that could not be read, counted from 1; null: none is known, or the text is another one by now. */
export function troubleLine({ untried, unsaved }: RulesMoves, written: string): number | null {
  for (const trouble of [unsaved, untried]) {
    if (trouble && trouble.text === written) return lineOf(trouble.problem);
  }
  return null;
}
