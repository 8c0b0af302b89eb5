import type { RecordedTransition, Transition } from '@/lib/history/transition';
import type { RecordReader, TransitionQuery } from '@/server/history/record-store';
import { pagesOf } from './read-on';

/** A filter that finds little does not read the whole record in one request: after so many the answer says where to go on. */
const MOST_SCANNED = 20_000;

/** What of the record is listed; `null` lets everything pass. */
export interface TransitionsAsked extends Omit<TransitionQuery, 'limit' | 'kinds'> {
  readonly matches: ((transition: Transition) => boolean) | null;
}

/** One page. `nextId` null: there is no more. */
export async function readTransitions(
  reader: RecordReader,
  { matches, ...query }: TransitionsAsked,
  limit: number,
): Promise<{ readonly transitions: RecordedTransition[]; readonly nextId: number | null }> {
  if (!matches) {
    const found = await reader.transitions({ ...query, kinds: null, limit: limit + 1 });
    const transitions = found.slice(0, limit);
    return { transitions, nextId: found.length > limit ? (transitions.at(-1)?.id ?? null) : null };
  }
  const transitions: RecordedTransition[] = [];
  let scanned = 0;
  for await (const page of pagesOf(reader, { ...query, kinds: null })) {
    for (const transition of page) {
      if (matches(transition)) transitions.push(transition);
      if (transitions.length === limit) return { transitions, nextId: transition.id };
    }
    scanned += page.length;
    if (scanned >= MOST_SCANNED) return { transitions, nextId: page.at(-1)?.id ?? null };
  }
  return { transitions, nextId: null };
}

/** All of them, a page in memory at a time. */
export async function* everyTransition(
  reader: RecordReader,
  { matches, ...query }: TransitionsAsked,
): AsyncGenerator<readonly RecordedTransition[]> {
  for await (const page of pagesOf(reader, { ...query, kinds: null })) {
    yield matches ? page.filter(matches) : page;
  }
}
