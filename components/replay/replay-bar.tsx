'use client';

import { Pause, Play, Radio, SkipBack, SkipForward } from 'lucide-react';
import type { ReactNode } from 'react';
import { useLive } from '@/components/live/context';
import { useNow } from '@/components/live/use-now';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import { type Speed, speeds } from '@/lib/timeline/replay-piece';
import { PagesThen } from './pages-then';
import styles from './replay.module.css';
import { useReplay } from './replay-context';
import { ReplayTrack } from './replay-track';
import { useReplaySpan } from './use-replay-span';
import { useStep } from './use-step';

/** The past, as one would handle a recording: play, step, drag, and back to live. */
export function ReplayBar() {
  const text = useText();
  const { core } = useLive();
  const { atMs, moveTo, playing, setPlaying, speed, setSpeed } = useReplay();
  const { span, moving } = useReplaySpan(atMs);
  const { step, failed } = useStep();
  const play = () => {
    // From live there is nothing to play on: the span is played from its beginning.
    if (atMs === null) moveTo(Math.min(span.fromMs, core.serverClock.nowMs()));
    setPlaying(!playing);
  };
  const label = playing ? text.timeline.replay.pause : text.timeline.replay.play;
  return (
    <section className={styles.bar} aria-label={text.timeline.replay.label}>
      <div className={styles.controls}>
        <Control label={text.timeline.replay.previous} press={() => void step('previous')}>
          <SkipBack size={15} aria-hidden="true" />
        </Control>
        <Control label={label} press={play}>
          {playing ? <Pause size={15} aria-hidden="true" /> : <Play size={15} aria-hidden="true" />}
        </Control>
        <Control label={text.timeline.replay.next} press={() => void step('next')}>
          <SkipForward size={15} aria-hidden="true" />
        </Control>
        <select
          className={styles.speed}
          aria-label={text.timeline.replay.speed}
          value={speed}
          onChange={(event) => setSpeed(Number(event.target.value) as Speed)}
        >
          {speeds.map((factor) => (
            <option key={factor} value={factor}>
              {text.timeline.replay.times(factor)}
            </option>
          ))}
        </select>
      </div>
      <ReplayTrack span={span} moving={moving} />
      {failed ? (
        <span className={styles.failed} role="status">
          {failed.error ??
            (failed.direction === 'next' ? text.timeline.replay.noNext : text.timeline.replay.noPrevious)}
        </span>
      ) : null}
      {atMs === null ? (
        <span className={styles.live}>{text.timeline.live}</span>
      ) : (
        <>
          <PastBadge atMs={atMs} />
          <PagesThen />
          <button
            type="button"
            className={styles.button}
            onClick={() => {
              setPlaying(false);
              moveTo(null);
            }}
          >
            <Radio size={15} aria-hidden="true" />
            {text.timeline.replay.back}
          </button>
        </>
      )}
    </section>
  );
}

function Control({ label, press, children }: { label: string; press: () => void; children: ReactNode }) {
  return (
    <button type="button" className={styles.control} onClick={press} aria-label={label} title={label}>
      {children}
    </button>
  );
}

function PastBadge({ atMs }: { atMs: number }) {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(1_000);
  return (
    <span className={styles.badge} title={clock.utc(atMs)}>
      <b>{text.timeline.replay.past}</b>
      {clock.moment(atMs, nowMs)} · {text.timeline.replay.ago(nowMs - atMs)}
    </span>
  );
}
