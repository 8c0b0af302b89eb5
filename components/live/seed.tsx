'use client';

import { useLive } from './context';
import type { InitialData } from './provider';
import { useSeed } from './use-seed';

/**
 * Puts a page's first data into the store while rendering, on the server and in the browser, and follows its topics while mounted.
 * Place it before what reads that data.
 */
export function LiveSeed({ initial }: { initial: InitialData }) {
  useSeed(useLive(), initial);
  return null;
}
