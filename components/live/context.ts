'use client';

import { createContext, useContext } from 'react';
import type { Live } from './live';

export const LiveContext = createContext<Live | null>(null);

/** Throws outside of a LiveProvider. */
export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error('A live hook was used outside of <LiveProvider>: place it in the root layout.');
  return live;
}
