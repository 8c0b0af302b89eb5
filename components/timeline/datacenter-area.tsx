'use client';

import { useFreshness } from '@/components/live/use-freshness';
import { useTimeline } from '@/components/observed/use-timeline';
import { useText } from '@/components/ui/text-provider';
import { AreaLabel } from './area-label';
import { AREA_PX, AreaPlot } from './area-plot';
import { AreaScale } from './area-scale';
import { usePlot } from './plot';
import styles from './plot.module.css';
import { PlotRow } from './plot-row';
import { ReadTrouble } from './read-trouble';

/** One datacenter's instances by status along the axis. */
export function DatacenterArea({ dc, known }: { dc: string; known: boolean }) {
  const text = useText();
  const { span, moving } = usePlot();
  const { body, error, readAtMs } = useTimeline({ kind: 'fleet', dc }, span, moving);
  const { state } = useFreshness(dc);
  return (
    <section className={styles.areaRow} aria-label={dc} data-key={encodeURIComponent(dc)}>
      <PlotRow
        heightPx={AREA_PX}
        label={
          <AreaLabel name={dc} body={body} freshness={known && moving ? state : null}>
            {known ? null : <p className={styles.note}>{text.timeline.gone(dc)}</p>}
            <ReadTrouble error={error} readAtMs={readAtMs} hasBody={body !== undefined} />
          </AreaLabel>
        }
        side={<AreaScale body={body} />}
      >
        {body ? <AreaPlot name={dc} body={body} /> : <span className={styles.skeleton} />}
      </PlotRow>
    </section>
  );
}
