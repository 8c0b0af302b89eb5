'use client';

import { type ReactNode, useState } from 'react';
import { useAnswer } from '@/components/live/use-answer';
import { useText } from '@/components/ui/text-provider';
import type { LanesBody } from '@/lib/history/bodies';
import { isLanesBody } from '@/lib/history/body-frames';
import { historyPath, spanParameters, subjectParameters, type TimelineSubject } from '@/lib/timeline/history-path';
import { refreshOf } from '@/lib/timeline/span';
import { LANE_PX, LaneRow } from './lane-row';
import styles from './lanes.module.css';
import { usePlot } from './plot';

/** So many at first, then so many more each time, at most 200. */
const FEW = 8;
const MORE = 40;
const MOST = 200;

interface LanesProps {
  readonly subject: TimelineSubject;
  /** Of the services, by fields of services; empty: all. */
  readonly filter: string;
  /** Stands in the heading's line. */
  readonly children?: ReactNode;
}

/** The worst services of datacenters, or the instances of one service or node, each along the axis. */
export function Lanes({ subject, filter, children }: LanesProps) {
  const text = useText();
  const { span, moving } = usePlot();
  const [limit, setLimit] = useState(FEW);
  const path = historyPath('lanes', { ...subjectParameters(subject), ...spanParameters(span), filter, limit });
  const { body, error } = useAnswer(path, isLanesBody, {
    about: JSON.stringify([subject, filter]),
    paceMs: moving ? refreshOf(span.toMs - span.fromMs) : null,
  });
  const ofServices = subject.kind === 'fleet';
  const words = ofServices ? text.timeline.lanes.worst : text.timeline.lanes.instances;
  const shown = body?.lanes.length ?? 0;
  const heading = body ? words(shown, body.total) : text.timeline.replay.reading;
  const told = { fromMs: Date.parse(body?.from ?? ''), toMs: Date.parse(body?.to ?? '') };
  return (
    <section aria-label={heading}>
      <div className={styles.head}>
        <h2>{heading}</h2>
        <div className={styles.filter}>{children}</div>
        <span className={styles.aside}>{text.timeline.lanes.available}</span>
      </div>
      {body && shown === 0 ? <p className={styles.none}>{noneWords(ofServices, filter, text)}</p> : null}
      {error !== null && !body ? <p className={styles.none}>{error}</p> : null}
      <ol style={{ minHeight: body ? undefined : FEW * LANE_PX }}>
        {body?.lanes.map((lane) => (
          <LaneRow key={`${lane.kind} ${lane.key}`} lane={lane} told={told} place={subject.kind !== 'node'} />
        ))}
      </ol>
      <div className={styles.foot}>{body ? <MoreLanes body={body} limit={limit} setLimit={setLimit} /> : null}</div>
    </section>
  );
}

function MoreLanes({ body, limit, setLimit }: { body: LanesBody; limit: number; setLimit: (limit: number) => void }) {
  const text = useText();
  const more = body.total - body.lanes.length;
  if (more > 0 && limit < MOST) {
    return (
      <button type="button" onClick={() => setLimit(Math.min(MOST, limit + MORE))}>
        {text.timeline.lanes.more(more, body.quiet)}
      </button>
    );
  }
  return limit > FEW ? (
    <button type="button" onClick={() => setLimit(FEW)}>
      {text.timeline.lanes.fewer}
    </button>
  ) : null;
}

function noneWords(ofServices: boolean, filter: string, text: ReturnType<typeof useText>): string {
  if (filter !== '') return text.timeline.lanes.noMatch;
  return ofServices ? text.timeline.lanes.none : text.timeline.lanes.noneInstances;
}
