'use client';

import dynamic from 'next/dynamic';
import { type ReactNode, useState } from 'react';
import { PastContext } from '@/components/live/past';
import { useDatacenterChoice } from '@/components/ui/use-datacenter-choice';
import { PastBanner } from './past-banner';
import styles from './replay.module.css';
import { ReplayContext } from './replay-context';
import { useShownPast } from './use-past';
import { usePlayer } from './use-player';

/** Loaded where the past is shown: most visits are to the present. The banner is not: nothing past may stand there without it. */
const ReplayBar = dynamic(() => import('./replay-bar').then((module) => module.ReplayBar));

/** A page whose components show the live fleet, or with `?at=` the fleet at that moment, clearly marked and with the means to move it. */
export function Replayable({ children }: { children: ReactNode }) {
  const [dc] = useDatacenterChoice();
  const [waiting, wait] = useState(false);
  const replay = usePlayer(waiting);
  const shown = useShownPast(replay.atMs, dc, replay.speed, replay.playing);
  const reading = shown?.reading ?? false;
  if (reading !== waiting) wait(reading);
  return (
    <ReplayContext value={replay}>
      <div className={shown ? styles.past : undefined} data-freshness={shown ? 'past' : undefined} aria-busy={reading}>
        {shown ? <PastBanner shown={shown} /> : null}
        <PastContext value={shown?.past ?? null}>{children}</PastContext>
      </div>
      {shown ? (
        <div className={styles.floating}>
          <ReplayBar />
        </div>
      ) : null}
    </ReplayContext>
  );
}
