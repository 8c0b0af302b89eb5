import type { Status } from '@/lib/fleet/model';
import type { LaneBar } from '@/lib/history/bodies';
import type { TransitionItem } from '@/lib/history/transition-item';
import { formatMoment, type Span } from './span';

export interface CheckLane {
  /** The check's id. */
  readonly check: string;
  /** At the end of the span; null: the check is gone. */
  readonly status: Status | null;
  /** In order; what is between two of them was passing. */
  readonly bars: readonly LaneBar[];
}

const statuses: ReadonlySet<string> = new Set(['passing', 'warning', 'critical', 'maintenance', 'unknown']);
const asStatus = (text: string | null): Status | null =>
  text !== null && statuses.has(text) ? (text as Status) : null;

/**
 * The checks of one instance that changed within a span, by its transitions of that span, newest first as the API gives them. Before its first
 * transition a check was what that one says it was before.
 */
export function checkLanes(transitions: readonly TransitionItem[], span: Span): CheckLane[] {
  const open = new Map<string, { status: Status | null; sinceMs: number; bars: LaneBar[] }>();
  for (const { item, kind, from, to, observedAt } of [...transitions].reverse()) {
    if (kind !== 'check' || item === null) continue;
    const atMs = Date.parse(observedAt);
    const lane = open.get(item) ?? { status: asStatus(from), sinceMs: span.fromMs, bars: [] };
    open.set(item, lane);
    close(lane, atMs);
    lane.status = asStatus(to);
  }
  return [...open]
    .map(([check, lane]) => {
      close(lane, span.toMs);
      return { check, status: lane.status, bars: lane.bars };
    })
    .sort((a, b) => (a.check < b.check ? -1 : 1));
}

function close(lane: { status: Status | null; sinceMs: number; bars: LaneBar[] }, atMs: number): void {
  if (lane.status !== null && lane.status !== 'passing' && atMs > lane.sinceMs) {
    lane.bars.push({ from: formatMoment(lane.sinceMs), to: formatMoment(atMs), status: lane.status });
  }
  lane.sinceMs = atMs;
}
