'use client';

import { GitCompareArrows } from 'lucide-react';
import { useNow } from '@/components/live/use-now';
import buttons from '@/components/ui/button.module.css';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import type { Drift } from '@/lib/release/split-body';
import { Notice } from './notice';
import styles from './notices.module.css';
import { sharesText } from './shares-text';
import type { DraftView } from './use-draft';
import type { Planning } from './use-plan';
import { WriteDiff } from './write-diff';

interface DriftNoticeProps {
  readonly drift: Drift;
  readonly view: DraftView;
  readonly closed: string | null;
  readonly planning: Planning;
}

/** Somebody else changed what was written here. A person takes it over, or puts back what was written. */
export function DriftNotice({ drift, view, closed, planning }: DriftNoticeProps) {
  const text = useText();
  const { release } = text;
  const clock = useClockText();
  const nowMs = useNow(30_000);
  const say = (shares: Drift['wished'] | null) =>
    shares === null ? release.driftNothing : sharesText(release.shares, shares, view.order);
  const since = text.time.since(clock.moment(Date.parse(drift.since), nowMs));
  const isBusy = closed !== null || planning.isPreviewing || planning.isWriting;
  return (
    <Notice
      tone="warning"
      icon={<GitCompareArrows size={16} aria-hidden="true" />}
      title={`${release.drift}${text.comma}${since}`}
    >
      <p>{release.driftWords(say(drift.wished), say(drift.declared))}</p>
      {drift.differences.length === 0 ? null : (
        <details>
          <summary>{release.differences(drift.differences.length)}</summary>
          {drift.differences.map((difference) => (
            <WriteDiff key={difference.target} write={difference} sides={[release.wroteHere, release.stands]} />
          ))}
        </details>
      )}
      <div className={styles.choices}>
        <button
          type="button"
          className={buttons.quiet}
          title={release.adoptHint}
          disabled={isBusy}
          onClick={planning.adopt}
        >
          {release.adopt}
        </button>
        <button
          type="button"
          className={buttons.quiet}
          title={release.putBackHint}
          disabled={isBusy}
          onClick={() => planning.preview('put-back')}
        >
          {release.putBack}
        </button>
      </div>
    </Notice>
  );
}
