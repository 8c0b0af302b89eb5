/** From one moment to another, which is not included; ms since 1970. `toMs` null: it lasts. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number | null;
}

/**
 * How many ms of `fromMs` to `toMs` lie in the gaps.
 *
 * @param gaps in order, without overlap
 */
export function unseenMs(gaps: readonly Span[], fromMs: number, toMs: number): number {
  let ms = 0;
  // From the newest: what is asked for is nearly always the end of the record.
  for (let at = gaps.length - 1; at >= 0; at -= 1) {
    const gap = gaps[at] as Span;
    const endMs = gap.toMs ?? toMs;
    if (endMs <= fromMs) break;
    ms += Math.max(0, Math.min(endMs, toMs) - Math.max(gap.fromMs, fromMs));
  }
  return ms;
}

/** The same time as spans in order without overlap, as `unseenMs` takes them. */
export function joinSpans(spans: readonly Span[]): Span[] {
  const joined: { fromMs: number; toMs: number | null }[] = [];
  for (const { fromMs, toMs } of [...spans].sort((a, b) => a.fromMs - b.fromMs)) {
    const before = joined.at(-1);
    if (before && (before.toMs === null || fromMs <= before.toMs)) {
      before.toMs = before.toMs === null || toMs === null ? null : Math.max(before.toMs, toMs);
    } else joined.push({ fromMs, toMs });
  }
  return joined;
}
