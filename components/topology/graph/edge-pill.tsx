import type { Point } from '@/lib/topology/view/measures';
import styles from './graph-edge.module.css';

/** Px of a letter at the size of a pill; one that is written in a square is twice as wide. */
const NARROW = 6.1;
const WIDE = 11;

function widthOf(text: string): number {
  let width = 0;
  for (const letter of text) width += (letter.codePointAt(0) ?? 0) > 0x2e80 ? WIDE : NARROW;
  return Math.ceil(width) + 10;
}

/** A short word on an edge. */
export function EdgePill({ at, text, tone }: { at: Point; text: string; tone: string }) {
  const width = widthOf(text);
  return (
    <g className={styles.pill} data-tone={tone} transform={`translate(${Math.round(at.x)} ${Math.round(at.y)})`}>
      <rect x={-width / 2} y="-8" width={width} height="16" rx="4" />
      <text y="4">{text}</text>
    </g>
  );
}
