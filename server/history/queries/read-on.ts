import type { RecordedTransition } from '@/lib/history/transition';
import type { RecordReader, TransitionQuery } from '@/server/history/record-store';

/** So many at a time: what is held of an answer stays small, and no other question waits long behind this one. */
const PAGE = 2_000;

/** All transitions that fit, page by page. */
export async function* pagesOf(
  reader: RecordReader,
  query: Omit<TransitionQuery, 'limit'>,
): AsyncGenerator<readonly RecordedTransition[]> {
  let { afterId } = query;
  for (;;) {
    const page = await reader.transitions({ ...query, afterId, limit: PAGE });
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    afterId = page.at(-1)?.id ?? null;
  }
}

/**
 * The newest transitions that fit, `most` at most, oldest first. `cutMs`: from when on they are complete where there were more; null: there were not.
 */
export async function newestOf(
  reader: RecordReader,
  query: Omit<TransitionQuery, 'limit' | 'order' | 'afterId'>,
  most: number,
): Promise<{ readonly transitions: RecordedTransition[]; readonly cutMs: number | null }> {
  const found: RecordedTransition[] = [];
  for await (const page of pagesOf(reader, { ...query, order: 'newest-first', afterId: null })) {
    found.push(...page);
    if (found.length > most) break;
  }
  const cutMs = found.length > most ? (found[most]?.observedAtMs ?? 0) + 1 : null;
  const transitions = cutMs === null ? found : found.slice(0, most).filter((one) => one.observedAtMs >= cutMs);
  return { transitions: transitions.reverse(), cutMs };
}
