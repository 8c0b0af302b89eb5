import type { TransitionQuery } from '@/server/history/record-store';

type Order = TransitionQuery['order'];

const MARK: Readonly<Record<Order, string>> = { 'newest-first': 'n', 'oldest-first': 'o' };
const SHAPE = /^([no])([0-9a-z]{1,11})$/;

/** Where a list of transitions goes on, as a text that says nothing to its reader. */
export function formatCursor(order: Order, afterId: number): string {
  return Buffer.from(`${MARK[order]}${afterId.toString(36)}`).toString('base64url');
}

/** The id behind a cursor of this order; null: it is none. */
export function parseCursor(text: string, order: Order): number | null {
  const [, mark, id] = SHAPE.exec(Buffer.from(text, 'base64url').toString('latin1')) ?? [];
  if (mark !== MARK[order] || id === undefined) return null;
  const afterId = Number.parseInt(id, 36);
  return Number.isSafeInteger(afterId) && formatCursor(order, afterId) === text ? afterId : null;
}
