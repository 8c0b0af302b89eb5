'use client';

import { useFreshness } from '@/components/live/use-freshness';
import { useTimeline } from '@/components/observed/use-timeline';
import { useText } from '@/components/ui/text-provider';
import { usePlot } from './plot';
import styles from './plot.module.css';
import { SubjectArea } from './subject-area';

/** One datacenter's instances by status along the axis. `known`: Consul names it now. */
export function DatacenterArea({ dc, known }: { dc: string; known: boolean }) {
  const text = useText();
  const { span, moving } = usePlot();
  const timeline = useTimeline({ kind: 'fleet', dc }, span, { moving });
  const { state } = useFreshness(dc);
  return (
    <section className={styles.areaRow} aria-label={dc} data-key={encodeURIComponent(dc)}>
      <SubjectArea name={dc} dc={dc} timeline={timeline} freshness={known && moving ? state : null}>
        {known ? null : <p className={styles.note}>{text.timeline.gone(dc)}</p>}
      </SubjectArea>
    </section>
  );
}
