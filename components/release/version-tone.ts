import type { CSSProperties } from 'react';

/** The colour of a version by its place on the bar, as `--tone`: from the accent of the newest to the grey of the oldest. Its name always stands beside it. */
export function versionTone(index: number, count: number): CSSProperties {
  const rest = count < 2 ? 0 : Math.round((100 * index) / (count - 1));
  return { '--tone': `color-mix(in oklab, var(--rest) ${rest}%, var(--accent))` } as CSSProperties;
}
