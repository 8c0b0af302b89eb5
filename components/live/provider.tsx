'use client';

import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { LiveContext } from './context';
import type { InitialData } from './initial-data';
import { liveHere } from './live';
import { useSeed } from './use-seed';
import { onWakeSignals } from './wake-signals';

export type { InitialData };

/**
 * Holds the tab's one live connection and its store, and follows the fleet. It lives in the root layout; `basePath` is the path
 * prefix that Lictor is served under, empty at the root.
 */
export function LiveProvider(props: { basePath: string; initial: InitialData; children: ReactNode }) {
  const [live] = useState(() => liveHere(props.basePath, props.initial.at));
  useSeed(live, props.initial);
  useEffect(() => {
    const release = live.core.want('fleet');
    live.core.start();
    const stopListening = onWakeSignals(() => live.core.wake());
    return () => {
      stopListening();
      live.core.stop();
      release();
    };
  }, [live]);
  return (
    <LiveContext value={live}>
      <QueryClientProvider client={live.queryClient}>{props.children}</QueryClientProvider>
    </LiveContext>
  );
}
