'use client';

/** The server's time in ms since 1970, ticking every `intervalMs`. */
export function useNow(_intervalMs: number): number {
  return 0;
}
