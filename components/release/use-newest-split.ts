'use client';

import { useState } from 'react';
import type { SplitRecord } from '@/lib/release/split-body';

interface Answered {
  readonly split: SplitRecord;
  /** ETag of what stood before, as the request had it. */
  readonly over: string;
}

/**
 * The newest that is known of a split: what a write answered (or a refused one), until the stream has brought it or something else. Else the bar would
 * jump back to what stood before for the moment that the stream takes.
 */
export function useNewestSplit(streamed: SplitRecord) {
  const [answered, setAnswered] = useState<Answered | null>(null);
  if (answered && streamed.etag !== answered.over) setAnswered(null);
  const newest = answered && streamed.etag === answered.over ? answered.split : streamed;
  return { newest, setAnswered };
}
