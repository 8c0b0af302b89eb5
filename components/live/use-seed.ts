'use client';

import { useEffect } from 'react';
import { type InitialData, initialTopics } from './initial-data';
import { type Live, seed } from './live';

/** Shows `initial` from this render on, and follows its topics while mounted. */
export function useSeed(live: Live, initial: InitialData): void {
  seed(live, initial);
  useEffect(() => {
    const releases = initialTopics(initial).map((topic) => live.core.want(topic));
    return () => {
      for (const release of releases) release();
    };
  }, [live, initial]);
}
