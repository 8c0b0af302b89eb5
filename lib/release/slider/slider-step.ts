const STEP = 1;
const FINE_STEP = 0.1;
const PAGE_STEP = 10;

/** Where a dragged handle comes to rest unless it is told not to, percent of the bar. */
export const SNAP_MARKS = [0, 5, 10, 25, 50, 75, 90, 100];

interface Limits {
  readonly least: number;
  readonly most: number;
}

const within = (percent: number, { least, most }: Limits): number =>
  Math.min(most, Math.max(least, Math.round(percent * 100) / 100));

/** Where a key moves a handle that stands at `at`, all in percent; null: the key is none of a slider's. */
export function keyTarget(key: string, fine: boolean, at: number, limits: Limits): number | null {
  const step = fine ? FINE_STEP : STEP;
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return within(at + step, limits);
    case 'ArrowLeft':
    case 'ArrowDown':
      return within(at - step, limits);
    case 'PageUp':
      return within(at + PAGE_STEP, limits);
    case 'PageDown':
      return within(at - PAGE_STEP, limits);
    case 'Home':
      return limits.least;
    case 'End':
      return limits.most;
    default:
      return null;
  }
}

/**
 * Where a handle dragged to `percent` stands: on a mark that is not further than `reach`, else on a whole percent; `free` of marks, on a tenth.
 * All in percent of the bar.
 */
export function dragTarget(percent: number, limits: Limits, { reach, free }: { reach: number; free: boolean }): number {
  if (free) return within(Math.round(percent / FINE_STEP) * FINE_STEP, limits);
  const mark = SNAP_MARKS.find((at) => Math.abs(at - percent) <= reach && at >= limits.least && at <= limits.most);
  return within(mark ?? Math.round(percent), limits);
}
