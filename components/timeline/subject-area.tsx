'use client';

import type { ReactNode } from 'react';
import type { Answer } from '@/components/live/use-answer';
import type { FreshnessState } from '@/lib/fleet/model';
import type { TimelineBody } from '@/lib/history/bodies';
import { visibleLine } from '@/lib/text/visible-text';
import { AreaLabel } from './area-label';
import { AREA_PX, AreaPlot } from './area-plot';
import { AreaScale } from './area-scale';
import styles from './plot.module.css';
import { PlotRow } from './plot-row';
import { ReadTrouble } from './read-trouble';

interface SubjectAreaProps {
  readonly name: string;
  readonly dc: string;
  readonly timeline: Answer<TimelineBody>;
  /** How fresh the live edge is; null: there is none. */
  readonly freshness: FreshnessState | null;
  readonly children?: ReactNode;
}

/** One subject's instances by status along the axis. */
export function SubjectArea({ name, dc, timeline, freshness, children }: SubjectAreaProps) {
  const { body, error, readAtMs } = timeline;
  const shown = visibleLine(name);
  return (
    <PlotRow
      heightPx={AREA_PX}
      label={
        <AreaLabel name={shown} dc={dc} body={body} freshness={freshness}>
          {children}
          <ReadTrouble error={error} readAtMs={readAtMs} hasBody={body !== undefined} />
        </AreaLabel>
      }
      side={<AreaScale body={body} />}
    >
      {body ? <AreaPlot name={shown} body={body} /> : <span className={styles.skeleton} />}
    </PlotRow>
  );
}
