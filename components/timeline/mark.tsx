'use client';

import { useNow } from '@/components/live/use-now';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import { ruleOfAlert } from '@/lib/alerts/alert-id';
import { keySegments } from '@/lib/fleet/keys';
import type { TimelineMark } from '@/lib/history/bodies';
import type { TransitionKind } from '@/lib/history/transition';
import { visibleLine } from '@/lib/text/visible-text';
import type { MarkCluster } from '@/lib/timeline/mark-clusters';
import { clampSpan } from '@/lib/timeline/span';
import { readSwitchRecord } from '@/lib/topology/recorded-switch';
import styles from './marks.module.css';
import { usePlot } from './plot';

/** What a cluster lists by name; the others it counts. */
const NAMED = 4;

/** One mark, or several that stand too close. Pressing it chooses the span around it, so that what changed there is listed. */
export function Mark({ cluster }: { cluster: MarkCluster }) {
  const text = useText();
  const words = useMarkWords();
  const { span, stepMs, select } = usePlot();
  const { kind, marks, leftPercent } = cluster;
  const first = marks[0] as TimelineMark;
  const last = marks.at(-1) as TimelineMark;
  const more = marks.length - NAMED;
  const title = [...marks.slice(0, NAMED).map(words), ...(more > 0 ? [`+ ${text.number(more)}`] : [])].join('\n');
  const around = clampSpan({ fromMs: Date.parse(first.at) - stepMs, toMs: Date.parse(last.at) + stepMs }, span);
  return (
    <button
      type="button"
      className={styles.mark}
      style={{ left: `${leftPercent}%` }}
      title={title}
      // Who speaks to a page says what he sees on it: the count.
      aria-label={marks.length > 1 ? `${text.number(marks.length)}: ${title}` : title}
      data-kind={kind}
      onClick={() => select(around)}
    >
      <MarkShape kind={kind} />
      {marks.length > 1 ? <span className={styles.count}>{text.number(marks.length)}</span> : null}
    </button>
  );
}

function useMarkWords(): (mark: TimelineMark) => string {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(30_000);
  return ({ at, kind, dc, key, from, to, item }) => {
    const name =
      keySegments(key)
        ?.slice(dc === '' ? 0 : 1)
        .join('/') ?? key;
    const states: Readonly<Record<string, string>> = kind === 'alert' ? text.alerts.state : {};
    const said = (word: string | null) => (word === null ? text.timeline.panel.nothing : (states[word] ?? word));
    const what =
      kind === 'deployment' || kind === 'leader' || kind === 'alert'
        ? ` ${said(from)} → ${said(to)}`
        : kind === 'failover'
          ? switchWords(key, to, text.duration)
          : '';
    const rule = item === undefined ? '' : ` ${ruleOfAlert(item)}`;
    const place = dc === '' ? name : `${dc} ${name}`;
    return visibleLine(
      `${clock.moment(Date.parse(at), nowMs)} ${place.trim()}: ${text.timeline.panel.kind[kind]}${rule}${what}`,
    );
  };
}

/** Where it went, and how long that took; the end of one is told by where it comes back from. */
function switchWords(key: string, record: string | null, duration: (ms: number) => string): string {
  const one = readSwitchRecord(key, record);
  if (!one) return '';
  const to = keySegments(one.to)?.join('/') ?? one.to;
  if (one.endedAt !== null) return ` ← ${to}`;
  return ` → ${to}${one.tookMs === null ? '' : ` (${duration(one.tookMs)})`}`;
}

/** A shape for each kind of mark, on a 12 × 12 field. */
export function MarkShape({ kind }: { kind: TransitionKind }) {
  return (
    <svg className={styles.shape} width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      {kind === 'configuration' || kind === 'write' ? (
        <>
          <rect
            x=".75"
            y=".75"
            width="10.5"
            height="10.5"
            rx="2"
            fill="var(--surface)"
            stroke="currentColor"
            strokeWidth="1.5"
          />
          <path d="M3.2 4.2h5.6M3.2 7.8h5.6" stroke="currentColor" strokeWidth="1.3" />
        </>
      ) : kind === 'deployment' || kind === 'release' ? (
        <path d="M6 .8 11.2 6 6 11.2.8 6Z" fill="currentColor" />
      ) : kind === 'failover' ? (
        <path d="M.8 4.2h7.4V1.4L11.2 6 8.2 10.6V7.8H.8Z" fill="currentColor" />
      ) : kind === 'leader' ? (
        <path d="M1.5 9.8V3.4l2.4 2.2L6 2l2.1 3.6 2.4-2.2v6.4Z" fill="currentColor" />
      ) : (
        <circle
          cx="6"
          cy="6"
          r="4"
          fill={kind === 'started' ? 'currentColor' : 'none'}
          stroke="currentColor"
          strokeWidth="1.5"
        />
      )}
    </svg>
  );
}
