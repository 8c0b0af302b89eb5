'use client';

import { type Answer, useAnswer } from '@/components/live/use-answer';
import { useNow } from '@/components/live/use-now';
import { Notice } from '@/components/ui/notice';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import type { TimelineBody } from '@/lib/history/bodies';
import { isHistoryBody } from '@/lib/history/body-frames';
import type { Span } from '@/lib/timeline/span';
import styles from './history-notice.module.css';

/** What is wrong with the record itself is asked so often: nothing of it comes by the stream. */
const PACE_MS = 15_000;

interface HistoryNoticeProps {
  readonly timeline: Answer<TimelineBody>;
  readonly span: Span;
}

/** What a reader has to know of the record before believing the picture: that it cannot be read, is not being written, or began within it. */
export function HistoryNotice({ timeline, span }: HistoryNoticeProps) {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(30_000);
  const history = useAnswer('/api/v1/history', isHistoryBody, { about: 'history', paceMs: PACE_MS });
  const { body } = timeline;
  if (timeline.error !== null && !body) {
    return (
      <Notice title={text.timeline.failed}>
        {timeline.error} {text.timeline.failedHint}
      </Notice>
    );
  }
  const state = history.body?.state;
  if (state === 'down' || state === 'opening') {
    const why = history.body?.notices.at(-1)?.text ?? '';
    return <Notice title={state === 'down' ? text.timeline.down : text.timeline.opening}>{why}</Notice>;
  }
  if (!body) return null;
  if (body.recordedFrom === null) return <Notice title={text.timeline.nothing}>{text.timeline.nothingHint}</Notice>;
  const fromMs = Date.parse(body.recordedFrom);
  if (fromMs <= span.fromMs) return null;
  return <p className={styles.began}>{text.timeline.began(clock.moment(fromMs, nowMs))}</p>;
}
