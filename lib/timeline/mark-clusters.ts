import type { TimelineMark } from '@/lib/history/bodies';
import { percentAt, type Span } from './span';

/** Marks of one kind that stand too close to be told apart. */
export interface MarkCluster {
  readonly kind: TimelineMark['kind'];
  readonly leftPercent: number;
  /** In order of time, at least one. */
  readonly marks: readonly TimelineMark[];
}

/** Puts marks of a kind together that are less than `nearPercent` of the span apart. Those outside of the span are left out. */
export function markClusters(marks: readonly TimelineMark[], span: Span, nearPercent: number): MarkCluster[] {
  const clusters: { kind: TimelineMark['kind']; leftPercent: number; marks: TimelineMark[] }[] = [];
  const open = new Map<string, (typeof clusters)[number]>();
  for (const mark of [...marks].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    const leftPercent = percentAt(span, Date.parse(mark.at));
    if (leftPercent < 0 || leftPercent > 100) continue;
    const last = open.get(mark.kind);
    if (last && leftPercent - last.leftPercent < nearPercent) {
      last.marks.push(mark);
      continue;
    }
    const cluster = { kind: mark.kind, leftPercent, marks: [mark] };
    open.set(mark.kind, cluster);
    clusters.push(cluster);
  }
  return clusters;
}
