'use client';

import { useEffect } from 'react';
import { useLive } from './context';

/**
 * Runs `run` soon after the stream has brought a change, at most every `paceMs`, and once more after that: what is recorded comes a moment later
 * than what is published. Null: never. `run` must keep its identity.
 */
export function usePace(run: () => void, paceMs: number | null): void {
  const { core, tickers } = useLive();
  useEffect(() => {
    if (paceMs === null) return;
    let seq = core.body('fleet')?.seq;
    let owed = 0;
    return tickers.every(paceMs).subscribe(() => {
      const next = core.body('fleet')?.seq;
      if (next !== seq) owed = 2;
      seq = next;
      if (owed === 0) return;
      owed -= 1;
      run();
    });
  }, [run, paceMs, core, tickers]);
}
