'use client';

import { useMemo } from 'react';
import { useAnswer } from '@/components/live/use-answer';
import hidden from '@/components/ui/hidden.module.css';
import { Name } from '@/components/ui/name';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import { isTransitionsBody } from '@/lib/history/body-frames';
import { checkLanes } from '@/lib/timeline/check-lanes';
import type { TimelineSubject } from '@/lib/timeline/history-path';
import { refreshOf } from '@/lib/timeline/span';
import { LANE_PX } from './lane-row';
import { LaneTrack } from './lane-track';
import styles from './lanes.module.css';
import { usePlot } from './plot';
import { PlotRow } from './plot-row';
import { transitionsPath } from './use-transitions';

/** As many as one answer holds. A check that changed more often is drawn as far back as they reach. */
const MOST = 1_000;

/** The checks of one instance that changed, along the axis. Those that did not are no news. */
export function CheckLanes({ subject }: { subject: TimelineSubject }) {
  const text = useText();
  const { span, moving } = usePlot();
  const path = transitionsPath({ subject, span, filter: 'kind:check' }, { limit: MOST });
  const { body, error } = useAnswer(path, isTransitionsBody, {
    about: JSON.stringify(subject),
    paceMs: moving ? refreshOf(span.toMs - span.fromMs) : null,
  });
  const reached = body?.next ? body.items.at(-1) : undefined;
  const told = useMemo(
    () => ({ fromMs: reached ? Date.parse(reached.observedAt) : span.fromMs, toMs: span.toMs }),
    [reached, span],
  );
  const lanes = useMemo(() => (body ? checkLanes(body.items, told) : []), [body, told]);
  return (
    <section aria-label={text.timeline.lanes.checks}>
      <div className={styles.head}>
        <h2>{text.timeline.lanes.checks}</h2>
      </div>
      {body && lanes.length === 0 ? <p className={styles.none}>{text.timeline.lanes.noChecks}</p> : null}
      {error !== null && !body ? <p className={styles.none}>{error}</p> : null}
      <ol>
        {lanes.map(({ check, status, bars }) => (
          <li key={check} className={styles.lane} data-status={status ?? undefined}>
            <PlotRow
              heightPx={LANE_PX}
              label={
                <span className={styles.name}>
                  <StatusIcon status={status ?? 'unknown'} />
                  <span className={hidden.hidden}>
                    {status === null ? text.timeline.panel.removed : text.status[status]}
                  </span>
                  <Name>{check}</Name>
                </span>
              }
            >
              <LaneTrack told={told} name={check} bars={bars} hidden={0} />
            </PlotRow>
          </li>
        ))}
      </ol>
    </section>
  );
}
