'use client';

import { useMemo } from 'react';
import { useText } from '@/components/ui/text-provider';
import type { TimelineMark } from '@/lib/history/bodies';
import type { TransitionKind } from '@/lib/history/transition';
import { markClusters } from '@/lib/timeline/mark-clusters';
import { Mark, MarkShape } from './mark';
import styles from './marks.module.css';
import { usePlot } from './plot';
import { PlotRow } from './plot-row';

const ROW_PX = 22;
/** As wide as a shape on a plot of usual width. */
const NEAR_PERCENT = 1.5;

interface Row {
  readonly id: 'releases' | 'changes' | 'alerts' | 'failover' | 'ourselves';
  readonly kinds: readonly TransitionKind[];
}

const rows: readonly Row[] = [
  { id: 'releases', kinds: ['release'] },
  { id: 'changes', kinds: ['configuration', 'deployment'] },
  { id: 'alerts', kinds: ['alert'] },
  { id: 'failover', kinds: ['failover'] },
  { id: 'ourselves', kinds: ['leader', 'started', 'stopped', 'clock-set', 'write'] },
];

/** What began and was over before it fired called nobody, and would stand in the way of what did. */
const isBlip = ({ kind, from, to }: TimelineMark): boolean =>
  kind === 'alert' && (to === 'pending' || (from === 'pending' && to === 'resolved'));

/** What was done and what happened, on the same axis as what came of it. Marks are neutral: they are no states. */
export function MarkRows({ marks }: { marks: readonly TimelineMark[] }) {
  const text = useText();
  const { span } = usePlot();
  const shown = useMemo(
    () =>
      rows.map((row) => ({
        row,
        clusters: markClusters(
          marks.filter((mark) => row.kinds.includes(mark.kind) && !isBlip(mark)),
          span,
          NEAR_PERCENT,
        ),
      })),
    [marks, span],
  );
  const labels = {
    releases: text.timeline.mark.releases,
    changes: (
      <>
        <MarkShape kind="configuration" />
        {text.timeline.mark.config}
        <MarkShape kind="deployment" />
        {text.timeline.mark.deploys}
      </>
    ),
    alerts: text.timeline.mark.alerts,
    failover: text.timeline.mark.failover,
    ourselves: (
      <>
        <MarkShape kind="leader" />
        {text.timeline.mark.leader}
        <MarkShape kind="started" />
        Lictor
      </>
    ),
  };
  return shown.map(({ row, clusters }) =>
    clusters.length === 0 && row.id !== 'changes' ? null : (
      <PlotRow key={row.id} heightPx={ROW_PX} label={<span className={styles.label}>{labels[row.id]}</span>}>
        {clusters.map((cluster) => (
          <Mark key={`${cluster.kind} ${cluster.marks[0]?.at}`} cluster={cluster} />
        ))}
      </PlotRow>
    ),
  );
}
