'use client';

import { type ReactNode, useMemo } from 'react';
import { FilterInput } from '@/components/filter/filter-input';
import { useFilter } from '@/components/filter/use-filter';
import { useSpanChoice } from '@/components/observed/use-span-choice';
import { useTimeline } from '@/components/observed/use-timeline';
import { useView } from '@/components/observed/use-view';
import { PageTitle } from '@/components/ui/page-title';
import { useText } from '@/components/ui/text-provider';
import { useTypedText } from '@/components/ui/use-typed-text';
import { knownValues } from '@/lib/filter/known-values';
import { serviceFields } from '@/lib/filter/service-fields';
import { serviceRows } from '@/lib/fleet/service-row';
import type { TimelineSubject } from '@/lib/timeline/history-path';
import { DatacenterArea } from './datacenter-area';
import { Lanes } from './lanes';
import { TimeAxis } from './time-axis';
import { TimelineFrame } from './timeline-frame';

/**
 * When it started, what else changed, whether it gets worse: every datacenter on one axis, and the worst services, filtered by `?services=`. `children`
 * stands below, where a scrubber belongs.
 */
export function TimelinePage({ children }: { children: ReactNode }) {
  const text = useText();
  const { fleet, dc } = useView();
  const choice = useSpanChoice();
  const subject = useMemo<TimelineSubject>(() => ({ kind: 'fleet', dc }), [dc]);
  const whole = useTimeline(subject, choice.span, { moving: choice.moving });
  const known = fleet?.datacenters.map(({ name }) => name) ?? [];
  const shown = dc === null ? known : [dc];
  const [services, setServices] = useTypedText('services');
  const { applied, error } = useFilter(services ?? '', serviceFields);
  const values = useMemo(() => knownValues(serviceFields, fleet ? serviceRows(fleet, true) : []), [fleet]);
  return (
    <>
      <PageTitle parts={[text.timeline.title, ...(dc === null ? [] : [dc])]} />
      <TimelineFrame
        subject={subject}
        choice={choice}
        timeline={whole}
        within="page"
        title={text.timeline.title}
        below={children}
      >
        {shown.map((name) => (
          <DatacenterArea key={name} dc={name} known={known.includes(name) || known.length === 0} />
        ))}
        <TimeAxis />
        <Lanes subject={subject} filter={applied}>
          <FilterInput
            schema={serviceFields}
            values={values}
            value={services ?? ''}
            onChange={setServices}
            error={error}
            applied={applied}
            label={text.timeline.lanes.filter}
            bySlash={false}
          />
        </Lanes>
      </TimelineFrame>
    </>
  );
}
