'use client';

import { useFreshness } from '@/components/live/use-freshness';
import { useSpanChoice } from '@/components/observed/use-span-choice';
import { useTimeline } from '@/components/observed/use-timeline';
import type { TimelineSubject } from '@/lib/timeline/history-path';
import { CheckLanes } from './check-lanes';
import { Lanes } from './lanes';
import { SubjectArea } from './subject-area';
import { TimeAxis } from './time-axis';
import { TimeInStates } from './time-in-states';
import { TimelineFrame } from './timeline-frame';

/** The past of one service, node or instance: its area, the lanes of what it is made of, its transitions. */
export function SubjectTimeline({ subject }: { subject: Exclude<TimelineSubject, { kind: 'fleet' }> }) {
  const choice = useSpanChoice();
  const timeline = useTimeline(subject, choice.span, { moving: choice.moving });
  const { state } = useFreshness(subject.dc);
  const { body } = timeline;
  return (
    <TimelineFrame
      subject={subject}
      choice={choice}
      timeline={timeline}
      within="card"
      figures={body ? <TimeInStates body={body} several={subject.kind !== 'instance'} /> : null}
    >
      <SubjectArea
        name={subject.kind === 'instance' ? subject.id : subject.name}
        dc={subject.dc}
        timeline={timeline}
        freshness={choice.moving ? state : null}
      />
      <TimeAxis />
      {subject.kind === 'instance' ? <CheckLanes subject={subject} /> : <Lanes subject={subject} filter="" />}
    </TimelineFrame>
  );
}
