'use client';

import { Maximize2, X } from 'lucide-react';
import { useMemo } from 'react';
import { FilterInput } from '@/components/filter/filter-input';
import { useFilter } from '@/components/filter/use-filter';
import { useNow } from '@/components/live/use-now';
import { EmptyState } from '@/components/ui/empty-state';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import { knownValues } from '@/lib/filter/known-values';
import { transitionFields } from '@/lib/filter/transition-fields';
import type { TimelineSubject } from '@/lib/timeline/history-path';
import type { Span } from '@/lib/timeline/span';
import { ExportLinks } from './export-links';
import styles from './panel.module.css';
import { TransitionList } from './transition-list';
import { useTransitions } from './use-transitions';

interface TransitionPanelProps {
  readonly subject: TimelineSubject;
  readonly span: Span;
  readonly moving: boolean;
  readonly selection: Span | null;
  readonly select: (span: Span | null) => void;
  readonly zoom: (span: Span) => void;
  readonly filter: string;
  readonly setFilter: (text: string) => void;
}

const noValues = knownValues(transitionFields, []);

/** What changed in the selection, or in all that is shown: newest first, filtered, to be taken along as a file. */
export function TransitionPanel(props: TransitionPanelProps) {
  const text = useText();
  const { subject, span, moving, selection, filter } = props;
  const { applied, error } = useFilter(filter, transitionFields);
  const listed = useMemo(
    () => ({ subject, span: selection ?? span, moving: moving && selection === null, filter: applied }),
    [subject, span, moving, selection, applied],
  );
  const transitions = useTransitions(listed);
  const { items } = transitions;
  return (
    <aside
      className={styles.panel}
      aria-label={selection ? text.timeline.panel.ofSelection : text.timeline.panel.title}
      aria-busy={items === undefined}
    >
      <PanelHead span={listed.span} selection={selection} select={props.select} zoom={props.zoom} />
      <div className={styles.filter}>
        <FilterInput
          schema={transitionFields}
          values={noValues}
          value={filter}
          onChange={props.setFilter}
          error={error}
          applied={applied}
          label={text.timeline.panel.filter}
        />
      </div>
      {items === undefined && transitions.error === null ? <div className={styles.skeleton} /> : null}
      {transitions.error === null ? null : (
        <p className={styles.trouble} role="status">
          {text.timeline.failed}: {transitions.error}
        </p>
      )}
      {items?.length === 0 ? (
        <EmptyState
          title={applied === '' ? text.timeline.panel.none : text.timeline.panel.noMatch}
          {...(applied === '' ? { hint: text.timeline.panel.noneHint } : {})}
        />
      ) : null}
      {items && items.length > 0 ? <TransitionList items={items} /> : null}
      <div className={styles.foot}>
        <span>{items ? text.timeline.panel.shown(items.length, transitions.hasMore) : null}</span>
        {transitions.hasMore ? (
          <button type="button" onClick={transitions.readMore} disabled={transitions.isReading}>
            {text.timeline.panel.more}
          </button>
        ) : null}
        <ExportLinks {...listed} />
      </div>
    </aside>
  );
}

type PanelHeadProps = Pick<TransitionPanelProps, 'span' | 'selection' | 'select' | 'zoom'>;

function PanelHead({ span, selection, select, zoom }: PanelHeadProps) {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(30_000);
  return (
    <div className={styles.head}>
      <div>
        <h2>{selection ? text.timeline.panel.ofSelection : text.timeline.panel.title}</h2>
        <span className={styles.muted}>
          {clock.span(span.fromMs, span.toMs, nowMs)}
          {' · '}
          {text.duration(span.toMs - span.fromMs)}
        </span>
      </div>
      {selection ? (
        <>
          <button type="button" className={styles.tool} onClick={() => zoom(selection)}>
            <Maximize2 size={13} aria-hidden="true" />
            {text.timeline.zoomIn}
          </button>
          <button
            type="button"
            className={styles.tool}
            onClick={() => select(null)}
            aria-label={text.timeline.clear}
            title={text.timeline.clear}
          >
            <X size={15} aria-hidden="true" />
          </button>
        </>
      ) : null}
    </div>
  );
}
