'use client';

import type { ReactNode } from 'react';
import type { Answer } from '@/components/live/use-answer';
import type { SpanChoice } from '@/components/observed/use-span-choice';
import { useTypedText } from '@/components/ui/use-typed-text';
import type { TimelineBody } from '@/lib/history/bodies';
import type { TimelineSubject } from '@/lib/timeline/history-path';
import { stepOf } from '@/lib/timeline/span';
import { HistoryNotice } from './history-notice';
import { Legend } from './legend';
import { MarkRows } from './mark-rows';
import { Stage } from './stage';
import { TimelineBar } from './timeline-bar';
import styles from './timeline-frame.module.css';
import { TransitionPanel } from './transition-panel';

interface TimelineFrameProps {
  readonly subject: TimelineSubject;
  readonly choice: SpanChoice;
  readonly timeline: Answer<TimelineBody>;
  /** It is the page, which its bar and its panel stay in sight of; or one card of a page. */
  readonly within: 'page' | 'card';
  readonly title?: string;
  /** Stands before the picture. */
  readonly figures?: ReactNode;
  /** Stays in sight below it. */
  readonly below?: ReactNode;
  /** What is drawn along the axis, under the marks. */
  readonly children: ReactNode;
}

/** A past: which span of it, what is known of it, its picture along one axis, and its transitions, filtered by `?filter=`. */
export function TimelineFrame({ subject, choice, timeline, within, title, ...parts }: TimelineFrameProps) {
  const { span, moving, selection, select, setSpan } = choice;
  const [filter, setFilter] = useTypedText('filter');
  const shown = { span, moving, selection, select, zoom: setSpan };
  return (
    <div className={styles.frame} data-within={within}>
      <TimelineBar choice={choice} {...(title === undefined ? {} : { title })} />
      <div className={styles.columns}>
        <div className={styles.main}>
          <div className={styles.known}>
            <HistoryNotice timeline={timeline} span={span} />
            <Legend />
          </div>
          {parts.figures}
          <Stage {...shown} stepMs={stepOf(span.toMs - span.fromMs)}>
            <MarkRows marks={timeline.body?.marks ?? []} />
            {parts.children}
          </Stage>
          {parts.below ? <div className={styles.below}>{parts.below}</div> : null}
        </div>
        <TransitionPanel {...shown} subject={subject} filter={filter ?? ''} setFilter={setFilter} />
      </div>
    </div>
  );
}
