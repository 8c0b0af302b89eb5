import type { Intent } from '@/lib/release/journal/intent';
import { intentKey } from '@/lib/release/journal/journal-keys';
import type { PlannedWrite } from '@/lib/release/planned-write';

/** More of them would make no sentence. */
const MOST_NAMED = 3;

export function busySentence({ by, holder, startedAt, dc, service }: Intent): string {
  return `${by} is moving the traffic of ${service} in ${dc}, by ${holder.replica}, since ${startedAt}. Nothing was written; wait until that is over, look at what it brought, and plan again.`;
}

export function justOverSentence(service: string, dc: string): string {
  return `Somebody else moved the traffic of ${service} in ${dc} at the same time and is done. Nothing was written; look at what that brought, and plan again.`;
}

export function strangeSentence(key: string): string {
  return `In the key ${key} stands something that this Lictor cannot read, perhaps a plan of a newer one. Nothing was written. Where it is no Lictor's, delete the key and plan again.`;
}

export function lostSentence(target: string): string {
  return `Somebody else has written ${target} since the plan was made, so it was not overwritten, and what the plan had written before it is taken back. Look at what stands there now and plan again.`;
}

export function failedSentence(what: string): string {
  return `${what} The plan is given up and what it had written is taken back: nothing has changed.`;
}

/** Appended where not everything could be taken back; empty where nothing is left. */
export function leftSentence(left: readonly PlannedWrite[]): string {
  return left.length === 0 ? '' : ` What others wrote meanwhile is left as they wrote it: ${named(left)}.`;
}

/** @param why it went no further, a sentence or nothing */
export function unfinishedSentence(intent: Intent, writes: readonly PlannedWrite[], why: string): string {
  const standing = intent.done.filter((number) => !intent.restored.includes(number));
  const done = standing.flatMap((number) => writes[number] ?? []);
  const open = writes.filter((_, number) => !standing.includes(number));
  const said = done.length === 0 ? 'none of them is known to be written' : `written: ${named(done)}`;
  const rest = open.length === 0 ? 'nothing is left' : `not: ${named(open)}`;
  return [
    why,
    `Of ${writes.length} writes ${said}; ${rest}.`,
    `The plan stands in the journal (${intentKey(intent.dc, intent.service)}): Lictor completes it or takes it back as soon as it can, and until then the traffic of ${intent.service} is moved by nobody.`,
  ]
    .filter(Boolean)
    .join(' ');
}

function named(writes: readonly PlannedWrite[]): string {
  const names = writes.slice(0, MOST_NAMED).map(({ target }) => target);
  const more = writes.length - names.length;
  return more === 0 ? names.join(', ') : `${names.join(', ')} and ${more} more`;
}
