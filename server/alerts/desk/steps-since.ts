import type { AlertRecord } from '@/lib/alerts/alert-body';
import type { AlertEdge } from '@/lib/alerts/alert-book-parts';
import type { SavedAlert } from '@/lib/alerts/alert-episode';

/** What became of alerts since another Lictor wrote down what was open: it may not have lived to record these steps. */
export function stepsSince(saved: readonly SavedAlert[], present: readonly AlertRecord[], atMs: number): AlertEdge[] {
  const now = new Map(present.map(({ id, state }) => [id, state]));
  const before = new Map(saved.map(({ condition, phase }) => [condition.id, phase]));
  const edges: AlertEdge[] = [];
  for (const [id, phase] of before) {
    const isOver = (now.get(id) ?? 'resolved') === 'resolved';
    if (phase === 'firing' && isOver) edges.push({ id, atMs, from: 'firing', to: 'resolved' });
  }
  for (const [id, state] of now) {
    const was = before.get(id) ?? null;
    if (state !== 'pending' && state !== 'resolved' && was !== 'firing') edges.push({ id, atMs, from: was, to: state });
  }
  return edges;
}
