'use client';

import { useFreshness } from '@/components/live/use-freshness';
import { useSpanChoice } from '@/components/observed/use-span-choice';
import { useTimeline } from '@/components/observed/use-timeline';
import type { TimelineSubject } from '@/lib/timeline/history-path';
import { stepOf } from '@/lib/timeline/span';
import { CheckLanes } from './check-lanes';
import { HistoryNotice } from './history-notice';
import { Lanes } from './lanes';
import { MarkRows } from './mark-rows';
import { Stage } from './stage';
import { SubjectArea } from './subject-area';
import styles from './subject-timeline.module.css';
import { TimeAxis } from './time-axis';
import { TimeInStates } from './time-in-states';
import { TimelineBar } from './timeline-bar';
import { TransitionPanel } from './transition-panel';
import { useFilters } from './use-filters';

/** The past of one service, node or instance: its area, the lanes of what it is made of, its transitions. */
export function SubjectTimeline({ subject }: { subject: Exclude<TimelineSubject, { kind: 'fleet' }> }) {
  const choice = useSpanChoice();
  const filters = useFilters();
  const { span, moving, selection, select, setSpan } = choice;
  const timeline = useTimeline(subject, span, { moving });
  const { state } = useFreshness(subject.dc);
  return (
    <div className={styles.timeline}>
      <TimelineBar choice={choice} />
      <HistoryNotice timeline={timeline} span={span} />
      {timeline.body ? <TimeInStates body={timeline.body} several={subject.kind !== 'instance'} /> : null}
      <div className={styles.columns}>
        <div className={styles.main}>
          <Stage
            span={span}
            stepMs={stepOf(span.toMs - span.fromMs)}
            moving={moving}
            selection={selection}
            select={select}
            zoom={setSpan}
          >
            <MarkRows marks={timeline.body?.marks ?? []} />
            <SubjectArea
              name={subject.kind === 'instance' ? subject.id : subject.name}
              dc={subject.dc}
              timeline={timeline}
              freshness={moving ? state : null}
            />
            <TimeAxis />
            {subject.kind === 'instance' ? <CheckLanes subject={subject} /> : <Lanes subject={subject} filter="" />}
          </Stage>
        </div>
        <TransitionPanel
          subject={subject}
          span={span}
          moving={moving}
          selection={selection}
          select={select}
          zoom={setSpan}
          filter={filters.transitions}
          setFilter={filters.setTransitions}
        />
      </div>
    </div>
  );
}
