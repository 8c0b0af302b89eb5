'use client';

import { type ReactNode, useMemo } from 'react';
import { FilterInput } from '@/components/filter/filter-input';
import { useFilter } from '@/components/filter/use-filter';
import { useSpanChoice } from '@/components/observed/use-span-choice';
import { useTimeline } from '@/components/observed/use-timeline';
import { useView } from '@/components/observed/use-view';
import { PageTitle } from '@/components/ui/page-title';
import { useText } from '@/components/ui/text-provider';
import { knownValues } from '@/lib/filter/known-values';
import { serviceFields } from '@/lib/filter/service-fields';
import { serviceRows } from '@/lib/fleet/service-row';
import type { TimelineSubject } from '@/lib/timeline/history-path';
import { stepOf } from '@/lib/timeline/span';
import { DatacenterArea } from './datacenter-area';
import { HistoryNotice } from './history-notice';
import { Lanes } from './lanes';
import { MarkRows } from './mark-rows';
import { Stage } from './stage';
import { TimeAxis } from './time-axis';
import { TimelineBar } from './timeline-bar';
import styles from './timeline-page.module.css';
import { TransitionPanel } from './transition-panel';
import { useFilters } from './use-filters';

/** When it started, what else changed, whether it gets worse: every datacenter on one axis. `children` stands below, where a scrubber belongs. */
export function TimelinePage({ children }: { children: ReactNode }) {
  const text = useText();
  const { fleet, dc } = useView();
  const choice = useSpanChoice();
  const filters = useFilters();
  const { span, moving, selection, select } = choice;
  const stepMs = stepOf(span.toMs - span.fromMs);
  const subject = useMemo<TimelineSubject>(() => ({ kind: 'fleet', dc }), [dc]);
  const whole = useTimeline(subject, span, { moving });
  const known = fleet?.datacenters.map(({ name }) => name) ?? [];
  const shown = dc === null ? known : [dc];
  const services = useFilter(filters.services, serviceFields);
  const values = useMemo(() => knownValues(serviceFields, fleet ? serviceRows(fleet, true) : []), [fleet]);
  return (
    <>
      <PageTitle parts={[text.timeline.title, ...(dc === null ? [] : [dc])]} />
      <TimelineBar choice={choice} title={text.timeline.title} />
      <div className={styles.columns}>
        <div className={styles.main}>
          <HistoryNotice timeline={whole} span={span} />
          <Stage
            span={span}
            stepMs={stepMs}
            moving={moving}
            selection={selection}
            select={select}
            zoom={choice.setSpan}
          >
            <MarkRows marks={whole.body?.marks ?? []} />
            {shown.map((name) => (
              <DatacenterArea key={name} dc={name} known={known.includes(name) || known.length === 0} />
            ))}
            <TimeAxis />
            <Lanes subject={subject} filter={services.applied}>
              <FilterInput
                schema={serviceFields}
                values={values}
                value={filters.services}
                onChange={filters.setServices}
                error={services.error}
                applied={services.applied}
                label={text.timeline.lanes.filter}
              />
            </Lanes>
          </Stage>
          <div className={styles.below}>{children}</div>
        </div>
        <TransitionPanel
          subject={subject}
          span={span}
          moving={moving}
          selection={selection}
          select={select}
          zoom={choice.setSpan}
          filter={filters.transitions}
          setFilter={filters.setTransitions}
        />
      </div>
    </>
  );
}
