'use client';

import { History } from 'lucide-react';
import { useLive } from '@/components/live/context';
import buttons from '@/components/ui/button.module.css';
import { useText } from '@/components/ui/text-provider';
import { useReplay } from './replay-context';

const HOUR_MS = 3_600_000;

/** Plays the last hour on the page that it is on; nothing where the past is shown already. */
export function ReplayLastHour() {
  const words = useText().topology.actions;
  const { core } = useLive();
  const { atMs, moveTo, setPlaying } = useReplay();
  if (atMs !== null) return null;
  const play = () => {
    moveTo(core.serverClock.nowMs() - HOUR_MS);
    setPlaying(true);
  };
  return (
    <button type="button" className={buttons.quiet} onClick={play} title={words.replayWhy}>
      <History size={14} aria-hidden="true" />
      {words.replay}
    </button>
  );
}
