'use client';

import { Lock } from 'lucide-react';
import type { RefObject } from 'react';
import buttons from '@/components/ui/button.module.css';
import segmented from '@/components/ui/segmented.module.css';
import { useText } from '@/components/ui/text-provider';
import { shareOf } from '@/lib/release/shares/normalize-shares';
import { setShare } from '@/lib/release/shares/set-share';
import { emptyDraft, isWholeRoute } from '@/lib/release/slider/draft';
import { SNAP_MARKS } from '@/lib/release/slider/slider-step';
import type { SplitRecord } from '@/lib/release/split-body';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './traffic.module.css';
import type { DraftView } from './use-draft';
import type { Planning } from './use-plan';

interface SliderFootProps {
  readonly split: SplitRecord;
  readonly view: DraftView;
  readonly planning: Planning;
  /** Why nothing can be written now; null: it can. */
  readonly closed: string | null;
  readonly previewButton: RefObject<HTMLButtonElement | null>;
}

/** The usual shares of the first version, and what becomes of what is set. */
export function SliderFoot({ split, view, planning, closed, previewButton }: SliderFootProps) {
  const { release } = useText();
  const { order, shown, change, wish, draft } = view;
  const [first = ''] = order;
  const isAble = split.mechanisms.some((state) => state.mechanism === view.mechanism && state.can);
  const isWhole = (draft.routes ?? []).every(isWholeRoute);
  return (
    <>
      {closed === null ? null : (
        <p className={styles.closed} role="status">
          <Lock size={14} aria-hidden="true" />
          <span>
            <b>{release.lead(release.closed)}</b> {visibleLine(closed)}
          </span>
        </p>
      )}
      <div className={styles.foot}>
        {order.length > 1 ? (
          <fieldset className={`${segmented.group} ${styles.presets}`} aria-label={release.presets(visibleLine(first))}>
            {SNAP_MARKS.map((percent) => (
              <button
                key={percent}
                type="button"
                aria-pressed={shareOf(shown, first) === percent}
                onClick={() => change({ shares: setShare(shown, first, percent) })}
              >
                {release.percent(percent)}
              </button>
            ))}
          </fieldset>
        ) : null}
        <span className={styles.keys} aria-hidden="true">
          <kbd>←</kbd>
          <kbd>→</kbd> {release.percent(1)} <kbd>PgUp</kbd> {release.percent(10)}
        </span>
        <div className={styles.actions}>
          <button type="button" className={buttons.plain} disabled={draft === emptyDraft} onClick={view.discard}>
            {release.discard}
          </button>
          <button
            ref={previewButton}
            type="button"
            className={buttons.primary}
            disabled={
              wish === null || closed !== null || !isAble || !isWhole || planning.isPreviewing || planning.isWriting
            }
            onClick={() => planning.preview('wish', wish)}
          >
            {planning.isPreviewing ? release.previewing : release.preview}
          </button>
        </div>
      </div>
    </>
  );
}
