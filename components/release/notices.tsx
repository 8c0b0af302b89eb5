'use client';

import type { SplitRecord } from '@/lib/release/split-body';
import { DriftNotice } from './drift-notice';
import { FailureNotice } from './failure-notice';
import styles from './notices.module.css';
import { UnfinishedNotice } from './unfinished-notice';
import type { DraftView } from './use-draft';
import type { Planning, Written } from './use-plan';
import { WrittenNotice } from './written-notice';

interface NoticesProps {
  readonly split: SplitRecord;
  readonly view: DraftView;
  readonly closed: string | null;
  readonly planning: Planning;
  readonly written: Written | null;
  readonly dismiss: () => void;
}

/** What a reader has to know before the bar: what others changed, what is not over, and what became of the last write. */
export function Notices({ split, view, closed, planning, written, dismiss }: NoticesProps) {
  return (
    <div className={styles.notices}>
      {split.unfinished === null ? null : <UnfinishedNotice sentence={split.unfinished} />}
      {split.drift === null ? null : <DriftNotice {...{ split, drift: split.drift, view, closed, planning }} />}
      {planning.failure === null ? null : (
        <FailureNotice failure={planning.failure} order={view.order} dismiss={planning.dismiss} />
      )}
      {written === null ? null : <WrittenNotice written={written} order={view.order} dismiss={dismiss} />}
    </div>
  );
}
