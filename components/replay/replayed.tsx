'use client';

import { ReplayBar } from './replay-bar';
import { ReplayContext } from './replay-context';
import { usePlayer } from './use-player';

/** The scrubber of a page that shows the past by itself. */
export function Replayed() {
  const replay = usePlayer(false);
  return (
    <ReplayContext value={replay}>
      <ReplayBar />
    </ReplayContext>
  );
}
