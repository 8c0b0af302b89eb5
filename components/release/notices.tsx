'use client';

import type { SplitRecord } from '@/lib/release/split-body';
import { DriftNotice } from './drift-notice';
import styles from './notices.module.css';
import { UnfinishedNotice } from './unfinished-notice';
import type { DraftView } from './use-draft';
import type { Planning } from './use-plan';

interface NoticesProps {
  readonly split: SplitRecord;
  readonly view: DraftView;
  readonly closed: string | null;
  readonly planning: Planning;
}

/** What a reader has to know before the bar: what others changed, and what is not over. */
export function Notices({ split, view, closed, planning }: NoticesProps) {
  return (
    <div className={styles.notices}>
      {split.unfinished === null ? null : <UnfinishedNotice sentence={split.unfinished} />}
      {split.drift === null ? null : <DriftNotice {...{ drift: split.drift, view, closed, planning }} />}
    </div>
  );
}
