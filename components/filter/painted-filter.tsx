import type { FilterError } from '@/lib/filter/filter-error';
import { paintedText } from '@/lib/filter/painted-text';
import styles from './filter-input.module.css';

interface PaintedFilterProps {
  readonly text: string;
  readonly wrong: FilterError | null;
  /** How far the input has scrolled its text. */
  readonly scrollPx: number;
}

/** The text as the eye sees it, under the input's own, which is transparent: fields and signs in their colours, what is wrong underlined. */
export function PaintedFilter({ text, wrong, scrollPx }: PaintedFilterProps) {
  const missing = wrong !== null && wrong.start >= text.length;
  return (
    <div className={styles.painted} aria-hidden="true">
      <span style={{ transform: `translateX(${-scrollPx}px)` }}>
        {paintedText(text, wrong).map((piece) => (
          <span key={piece.start} data-paint-as={piece.paint} data-wrong={piece.wrong || undefined}>
            {piece.text}
          </span>
        ))}
        {missing ? <span data-wrong> </span> : null}
      </span>
    </div>
  );
}
