import type { GapItem, HistoryBody, TimelineBody } from '@/lib/history/bodies';
import type { Transition } from '@/lib/history/transition';
import type { TransitionItem, TransitionsBody } from '@/lib/history/transition-item';
import type { LictorUnderTest } from './lictor-for';

/** All that is recorded, in order, as the API tells it. @param query such as `dc=dc1` */
export async function recorded(lictor: LictorUnderTest, query = ''): Promise<TransitionItem[]> {
  const items: TransitionItem[] = [];
  let cursor = '';
  for (;;) {
    const path = `/api/v1/transitions?from=2000-01-01T00:00:00Z&order=oldest-first&limit=1000&${query}${cursor}`;
    const body = await lictor.get<TransitionsBody>(path);
    if (body === null) throw new Error(`There is nothing at ${path}.`);
    items.push(...body.items);
    if (body.next === null) return items;
    cursor = `&cursor=${encodeURIComponent(body.next)}`;
  }
}

/** Subject, kind, item, from, to; whole records are left out. */
export function words({ subject, subjectKind, kind, item, from, to }: TransitionItem): string {
  const whole = kind === 'registered' && subjectKind !== 'service';
  return [subject, kind, item, from, whole ? null : to].filter((part) => part !== null).join(' ');
}

/** In the order in which they began. */
export async function recordedGaps(lictor: LictorUnderTest, dc = 'dc1'): Promise<GapItem[]> {
  const body = await lictor.get<TimelineBody>(`/api/v1/timeline?dc=${dc}`);
  return body?.gaps ?? [];
}

/** The changes of instances from one version to the next. */
export function recordedVersions(items: readonly TransitionItem[]): TransitionItem[] {
  return items.filter(({ subjectKind, kind }) => subjectKind === 'instance' && kind === 'version');
}

export async function historyOf(lictor: LictorUnderTest): Promise<HistoryBody> {
  const body = await lictor.get<HistoryBody>('/api/v1/history');
  if (body === null) throw new Error('There is no /api/v1/history.');
  return body;
}

/** What folds take: the transition behind an item of the API. */
export function transitionOf(item: TransitionItem): Transition {
  const { subjectKind: kind, subject: key, dc, service, node, observedAt, unwatchedFrom, ...rest } = item;
  return {
    ...{ ...rest, subject: { kind, key, dc, service, node }, observedAtMs: Date.parse(observedAt) },
    unwatchedFromMs: unwatchedFrom === null ? null : Date.parse(unwatchedFrom),
  };
}
