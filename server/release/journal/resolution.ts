import type { Intent } from '@/lib/release/journal/intent';
import type { PlannedWrite } from '@/lib/release/planned-write';
import { leftSentence } from './outcome-sentences';

/** How a plan that was left in the journal came to its end. */
export interface Resolution {
  readonly dc: string;
  readonly service: string;
  /** The person whose plan it was. */
  readonly by: string;
  readonly at: 'after' | 'before';
  /** For the record. */
  readonly sentence: string;
}

export function resolutionOf(intent: Intent, at: Resolution['at'], left: readonly PlannedWrite[]): Resolution {
  const { dc, service, by, startedAt, holder, trouble } = intent;
  const end = at === 'after' ? 'was completed' : 'was taken back, so that everything stands as before it';
  const why = trouble === null ? '' : ` It had gone wrong: ${trouble}`;
  const sentence = `The plan of ${by} of ${startedAt}, left unfinished by ${holder.replica}, ${end}.${why}${leftSentence(left)}`;
  return { dc, service, by, at, sentence };
}

/** Of a plan that is not over, for the page of its service. `next`: what happens to it, a sentence. */
export function pendingSentence({ by, startedAt, holder, phase, trouble }: Intent, next: string): string {
  const doing = phase === 'restoring' ? 'is being taken back and' : 'was begun and';
  const why = trouble === null ? '' : ` ${trouble}`;
  return `The plan of ${by} of ${startedAt}, carried out by ${holder.replica}, ${doing} is not over.${why} ${next}`;
}
