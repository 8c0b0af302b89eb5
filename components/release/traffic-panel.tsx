'use client';

import { useRef, useState } from 'react';
import type { FreshnessState, Instance } from '@/lib/fleet/model';
import type { SplitRecord } from '@/lib/release/split-body';
import { FailureNotice } from './failure-notice';
import { Notices } from './notices';
import { PreviewCard } from './preview-card';
import { SliderCard } from './slider-card';
import { StandingCard } from './standing-card';
import styles from './traffic.module.css';
import { useClosed } from './use-closed';
import { useDraft } from './use-draft';
import { useNewestSplit } from './use-newest-split';
import { usePlan, type Written } from './use-plan';
import { WrittenNotice } from './written-notice';

interface TrafficPanelProps {
  readonly streamed: SplitRecord;
  readonly instances: readonly Instance[];
  readonly freshness: FreshnessState;
}

/** The slider, and beside it what stands, or what would be written. */
export function TrafficPanel({ streamed, instances, freshness }: TrafficPanelProps) {
  const { newest: split, setAnswered } = useNewestSplit(streamed);
  const view = useDraft(split);
  const [written, setWritten] = useState<Written | null>(null);
  const planning = usePlan(split, {
    onWritten: (done, over) => {
      setAnswered({ split: done.split, over });
      setWritten(done);
      if (done.kind === 'wish') view.discard();
    },
    onStale: (present, over) => setAnswered({ split: present, over }),
    onAsked: () => setWritten(null),
  });
  const closed = useClosed(split, freshness);
  const previewButton = useRef<HTMLButtonElement | null>(null);
  const { plan } = planning;
  // A preview is of one wish: once that has been changed it shows what nobody wants any more.
  const isOfThis = plan !== null && (plan.kind !== 'wish' || JSON.stringify(plan.wish) === JSON.stringify(view.wish));
  return (
    <div className={styles.panel}>
      <Notices {...{ split, view, closed, planning }} />
      <div className={styles.columns}>
        <SliderCard {...{ split, view, instances, freshness, planning, closed }} previewButton={previewButton} />
        <div className={styles.beside}>
          {planning.failure ? (
            <FailureNotice
              failure={planning.failure}
              order={view.order}
              dismiss={() => {
                planning.dismiss();
                previewButton.current?.focus();
              }}
            />
          ) : null}
          {written ? <WrittenNotice {...{ written, order: view.order }} dismiss={() => setWritten(null)} /> : null}
          {plan && isOfThis ? (
            <PreviewCard
              key={JSON.stringify([plan.kind, plan.wish, plan.preview.etag])}
              {...{ split, view, plan, planning, closed }}
              close={() => {
                planning.close();
                previewButton.current?.focus();
              }}
            />
          ) : (
            <StandingCard {...{ split, view, freshness, planning, closed }} />
          )}
        </div>
      </div>
    </div>
  );
}
