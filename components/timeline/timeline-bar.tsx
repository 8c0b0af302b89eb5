'use client';

import { ZoomOut } from 'lucide-react';
import { useNow } from '@/components/live/use-now';
import type { SpanChoice } from '@/components/observed/use-span-choice';
import segmented from '@/components/ui/segmented.module.css';
import { useText } from '@/components/ui/text-provider';
import { rangeNames, stepOf } from '@/lib/timeline/span';
import { CopyLink } from './copy-link';
import { CustomRange } from './custom-range';
import styles from './timeline-bar.module.css';

/** Which span is shown, how finely, and a link to it. */
export function TimelineBar({ choice, title }: { choice: SpanChoice; title?: string }) {
  const text = useText();
  const { span, range } = choice;
  const nowMs = useNow(30_000);
  const lengthMs = span.toMs - span.fromMs;
  const zoomOut = () => {
    const middleMs = (span.fromMs + span.toMs) / 2;
    const toMs = Math.min(middleMs + lengthMs, Math.max(nowMs, span.toMs));
    choice.setSpan({ fromMs: toMs - 2 * lengthMs, toMs });
  };
  return (
    <div className={styles.bar}>
      {title === undefined ? null : <h1>{title}</h1>}
      <fieldset className={`${segmented.group} ${styles.ranges}`} aria-label={text.timeline.ranges}>
        {rangeNames.map((name) => (
          <button key={name} type="button" aria-pressed={range === name} onClick={() => choice.setRange(name)}>
            {text.timeline.range[name]}
          </button>
        ))}
      </fieldset>
      <CustomRange span={span} chosen={range === null} show={choice.setSpan} />
      <button
        type="button"
        className={styles.button}
        onClick={zoomOut}
        title={text.timeline.zoomOut}
        aria-label={text.timeline.zoomOut}
      >
        <ZoomOut size={15} aria-hidden="true" />
      </button>
      <span className={styles.bucket}>{text.timeline.bucket(stepOf(lengthMs))}</span>
      <CopyLink span={span} />
    </div>
  );
}
