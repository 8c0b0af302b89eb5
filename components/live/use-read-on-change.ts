'use client';

import { useEffect, useRef } from 'react';
import type { Clock } from './clock';

/** At most so often a storm of changes leads to a read, ms. */
const PAUSE_MS = 200;

/**
 * Calls `read` when one of `seen` is another object than when it was called last: at once, then at most every `PAUSE_MS`, and never while a
 * read is under way, which may have begun before the change.
 */
export function useReadOnChange(
  seen: readonly unknown[],
  isReading: boolean,
  read: () => Promise<unknown>,
  clock: Clock,
): void {
  const last = useRef<{ readonly seen: readonly unknown[]; readonly atMs: number }>({ seen, atMs: 0 });
  useEffect(() => {
    if (isReading || same(last.current.seen, seen)) return;
    const start = () => {
      last.current = { seen, atMs: clock.monotonicMs() };
      void read();
    };
    const waitMs = last.current.atMs + PAUSE_MS - clock.monotonicMs();
    if (waitMs <= 0) {
      start();
      return;
    }
    const timer = clock.setTimeout(start, waitMs);
    return () => clock.clearTimeout(timer);
  });
}

const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.every((entry, index) => Object.is(entry, b[index]));
