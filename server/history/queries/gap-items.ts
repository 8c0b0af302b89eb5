import type { GapItem } from '@/lib/history/bodies';
import { joinSpans, type Span } from '@/lib/history/gap-time';
import type { Gap } from '@/lib/history/transition';

/** The gaps of one datacenter, as arithmetic takes them. */
export function gapsOf(gaps: readonly Gap[], dc: string): Span[] {
  return joinSpans(gaps.filter((gap) => gap.dc === dc));
}

export function gapItem({ dc, fromMs, toMs, reason }: Gap): GapItem {
  const to = toMs === null ? null : new Date(toMs).toISOString();
  return { dc, from: new Date(fromMs).toISOString(), to, reason };
}
